"""A contract's PDF has a field for each party to sign in, over the line to sign on."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pypdf
import pytest
import specimen
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from test_pdf import house, written
from words_pdf import rules

from docgen.document import Signatory, Signatures
from docgen.write import pdf

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def fields(data: bytes) -> list[tuple[str, str, str]]:
    """Return name, kind and description of the fields of the PDF *data*."""
    found = pypdf.PdfReader(io.BytesIO(data)).get_fields() or {}
    return [(name, str(field["/FT"]), str(field["/TU"])) for name, field in found.items()]


@pytest.mark.parametrize("language", specimen.LANGUAGES)
def test_a_contract_has_a_field_for_each_party(language: str) -> None:
    """It lies on the signing line, is empty and does not say that anything is signed."""
    data = written("contract", language)
    parties = [f"{party}: {name}" for party, name, _ in specimen.WORDS[language].parties]
    assert fields(data) == [(f"signature-{number}", "/Sig", party) for number, party in enumerate(parties, 1)]
    lines = [rule for rule in rules(data) if rule.length > 150][-6:]
    with pikepdf.Pdf.open(io.BytesIO(data)) as file:
        assert "/SigFlags" not in file.Root.AcroForm
        assert "/NeedAppearances" not in file.Root.AcroForm
        height = float(file.pages[-1].mediabox[3])
        for field in file.Root.AcroForm.Fields:
            assert "/V" not in field
            assert field.AP.N.read_bytes() == b""
            left, bottom, right, top = map(float, field.Rect)
            assert 35 < top - bottom < 50
            under = [rule for rule in lines if abs(height - rule.y - bottom) < 0.02 and abs(rule.x - left) < 0.02]
            assert [rule.length for rule in under] == pytest.approx([right - left], abs=0.02)


@pytest.mark.parametrize("kind", ["letter", "invoice", "call"])
def test_other_papers_have_none(kind: str) -> None:
    """Nobody signs a letter on the screen."""
    with pikepdf.Pdf.open(io.BytesIO(written(kind, "en-US"))) as file:
        assert "/AcroForm" not in file.Root


def test_fields_are_counted_through_the_document() -> None:
    """Three parties sign in three fields."""
    blocks = (
        specimen.plain("Línea"),
        Signatures((Signatory("A", "Ana"), Signatory("B", "Benito"), Signatory("C", "Ñu"))),
    )
    data = pdf.write(specimen.document("es-ES", "Contrato", blocks), house("contract"))
    assert [name for name, _, _ in fields(data)] == ["signature-1", "signature-2", "signature-3"]
    assert fields(data)[2][2] == "C: Ñu"


def certificate(folder: Path) -> tuple[Path, Path]:
    """Return a key and a certificate for it, made in *folder*, that is its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Ada Reyes")])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, NOW, NOW + timedelta(days=36500))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "key.pem", folder / "certificate.pem"
    encoding = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    paths[0].write_bytes(key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, plain))
    paths[1].write_bytes(made.public_bytes(encoding))
    return paths


def test_both_fields_can_be_signed_one_after_the_other(tmp_path: Path) -> None:
    """Each signature holds, and the second does not break the first."""
    signers = pytest.importorskip("pyhanko.sign.signers")
    writer = pytest.importorskip("pyhanko.pdf_utils.incremental_writer")
    reader = pytest.importorskip("pyhanko.pdf_utils.reader")
    validation = pytest.importorskip("pyhanko.sign.validation")
    context = pytest.importorskip("pyhanko_certvalidator").ValidationContext
    key, own = certificate(tmp_path)
    signer = signers.SimpleSigner.load(str(key), str(own))
    data = written("contract", "en-US")
    for name in ("signature-1", "signature-2"):
        open_file = writer.IncrementalPdfFileWriter(io.BytesIO(data))
        metadata = signers.PdfSignatureMetadata(field_name=name)
        data = signers.sign_pdf(open_file, metadata, signer, existing_fields_only=True).getvalue()
    signatures = reader.PdfFileReader(io.BytesIO(data)).embedded_signatures
    assert [signature.field_name for signature in signatures] == ["signature-1", "signature-2"]
    for signature in signatures:
        status = validation.validate_pdf_signature(signature, context(trust_roots=[signer.signing_cert]))
        assert status.intact
        assert status.valid
        assert status.trusted
        assert status.bottom_line
    assert [kind for _, kind, _ in fields(data)] == ["/Sig", "/Sig"]
