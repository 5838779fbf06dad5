"""What the post wants to know: its numbers, its services, and the list that goes to the counter with the letters."""
