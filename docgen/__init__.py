"""Makes the papers that protect a freelancer and get the freelancer paid, from one clients.yaml."""
