"""Fills a Word template of the owner's, with the values that the blanks of our texts have and nothing else."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateRuntimeError, Undefined
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from docgen.document import Document
from docgen.look import guard
from docgen.problem import Mark, Problem, Problems, stop
from docgen.write.docx import check, file
from docgen.write.docx.given import Nothing, given
from docgen.write.docx.grammar import FILLED, Part

# What jinja2 raises for what a person wrote; a filter that is given something it cannot take raises Python's own.
WRONG = (TemplateError, TypeError, ValueError, LookupError)
WHOLE = "a list or a record is not printed as it is; name a part of it, or repeat {%tr for row in … %}"
BROKEN = "a tag opens in one paragraph, row or cell and closes in another; {%p … %} and {%tr … %} stand in pairs"


class Sandbox(ImmutableSandboxedEnvironment):
    """Where a template is filled: it calls nothing, and a name leads to a value, never into the program."""

    def __init__(self, missing: set[str]) -> None:
        """Begin with no names at all; what is printed without a value is added to *missing*."""

        def shown(value: object) -> object:
            if isinstance(value, Nothing):
                missing.add(value.name)
                return ""
            if not isinstance(value, str | int | Undefined):
                raise TemplateRuntimeError(WHOLE)
            return _verbatim(value)

        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=shown)
        self.globals.clear()

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401, ARG002 - it is asked of anything
        """Return False: there is nothing to call."""
        return False

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - whatever the values hold
        """Return the value called *attribute* in *obj*."""
        if isinstance(obj, LoopContext):
            return super().getattr(obj, attribute)
        known = isinstance(obj, Mapping) and attribute in obj
        return obj[attribute] if known else self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - whatever the values hold
        """Return the item of *obj* at *argument*."""
        try:
            return obj[argument]
        except (TypeError, LookupError):
            return self.undefined(obj=obj, name=argument)


class Template(DocxTemplate):  # type: ignore[misc] # docxtpl has no types
    """A template that says in which of its paragraphs it cannot be filled."""

    def __init__(self, data: bytes, parts: Mapping[str, Part]) -> None:
        """Read the template *data*, whose text is in *parts*."""
        super().__init__(io.BytesIO(data))
        self.places = parts

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:  # noqa: ANN401 - docxtpl's
        """Return the source *src_xml* filled; raises ValueError that says where it cannot be."""
        try:
            filled: str = super().render_xml_part(src_xml, part, context, jinja_env)
        except WRONG as error:
            source = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml)
            place = self.places[part.partname.lstrip("/")].line(source, _line(error))
            raise ValueError(f"{place}: {error}") from error
        try:
            etree.fromstring(filled.encode())
        except etree.XMLSyntaxError as error:
            raise ValueError(BROKEN) from error
        return filled

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:  # noqa: ANN401 - docxtpl's
        """Leave the file's properties alone; they say what the record says."""


def write(document: Document, template: bytes, name: str) -> bytes:
    """Return the *template* called *name*, filled with the values of *document*; raises Problems with what is wrong."""
    values, missing = given(document), set[str]()
    sandbox = Sandbox(missing)
    roots = guard.parts(template, name)
    parts = {path: Part(root, sandbox, values) for path, root in roots.items() if etree.QName(root).localname in FILLED}
    check.check(document, document.blanks)
    filler = Template(template, parts)
    _open(filler, name)
    _raise(name, [problem for part in parts.values() for problem in part.check(filler.patch_xml)])
    try:
        filler.render(values, sandbox)
    except (*WRONG, etree.XMLSyntaxError) as error:
        raise stop(str(error), Mark(name)) from error
    _raise(name, [one for blank in sorted(missing) for part in parts.values() for one in part.without(blank)])
    return file.packed(filler.docx, document)


def _verbatim(value: object) -> object:
    """Return a text *value* as it is to stand in the XML, any other unchanged.

    docxtpl reads ``{_{`` in what it has filled as ``{{``, so no underscore may stand there as itself.
    """
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return Markup(str(escape(value)).replace("_", "&#95;"))  # noqa: S704 - it has just been escaped


def _open(filler: Template, name: str) -> None:
    """Open the template called *name*; raises Problems if it is an archive but no Word document."""
    try:
        filler.init_docx()
    except (AttributeError, KeyError, ValueError) as error:
        raise stop(guard.NO_WORD, Mark(name)) from error


def _raise(name: str, wrong: Sequence[str]) -> None:
    """Raise Problems with all that is *wrong* in the template called *name*, if anything is."""
    if wrong:
        raise Problems(Problem(Mark(name), message) for message in wrong)


def _line(error: BaseException) -> int:
    """Return the line of the template's source at which *error* was raised, 0 if it is not known."""
    found, trace = getattr(error, "lineno", None) or 0, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            found = trace.tb_lineno
        trace = trace.tb_next
    return int(found)
