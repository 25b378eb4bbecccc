"""Keeps the catalogues in step with the texts of the code: `python -m tools.messages`.

Writes each ``locale/*/LC_MESSAGES/django.po`` anew, translations kept, and compiles it beside. Both are committed, so
that nothing has to be installed or built to run. Dates and tool versions stay out: the same texts, the same bytes.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from transactions.domain.category_tree import SHIPPED_CATEGORIES

ROOT = Path(__file__).resolve().parents[1]
LOCALES = ROOT / "locale"
APPS = ("core", "users", "transactions", "debts", "budgets", "goals", "ingest")
KEYWORDS = {"pgettext": ((1, "c"), 2)}
CATEGORY_TREE = "transactions/domain/category_tree.py"


class PlainCatalog(Catalog):
    """A catalogue whose header says what a reader of the file needs, and nothing of who wrote it when."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale_identifier)),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


def texts() -> Iterator[tuple[str, str, str]]:
    """Context, text and file of everything that is translated."""
    for shipped in SHIPPED_CATEGORIES:
        yield "category", shipped.name, CATEGORY_TREE
    for app in APPS:
        found = extract_from_dir(str(ROOT / app), [("**.py", "python")], keywords=KEYWORDS)
        for file, _, text, _, context in found:
            if context is not None:
                yield context, str(text), f"{app}/{Path(file).as_posix()}"


def read_catalogue(path: Path) -> Catalog:
    """The translations of a language, whose code is the name of its folder."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name)


def in_step(translated: Catalog) -> PlainCatalog:
    """A catalogue of all texts, with the translations that there are; texts that are gone are dropped."""
    catalogue = PlainCatalog(
        locale=translated.locale,
        header_comment=f"# Solvent in {translated.locale and translated.locale.english_name}.",
        fuzzy=False,
    )
    for context, text, file in texts():
        known: Message | None = translated.get(text, context)
        catalogue.add(text, known.string if known else "", locations=[(file, 0)], context=context)
    return catalogue


def as_po(catalogue: Catalog) -> bytes:
    written = BytesIO()
    write_po(written, catalogue, width=110, include_lineno=False)
    return written.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    written = BytesIO()
    write_mo(written, catalogue)
    return written.getvalue()


def main() -> int:
    missing = 0
    for path in sorted(LOCALES.glob("*/LC_MESSAGES/django.po")):
        catalogue = in_step(read_catalogue(path))
        path.write_bytes(as_po(catalogue))
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        for message in catalogue:
            if not message.string:
                missing += 1
                print(f"{path.relative_to(ROOT)}: no translation of “{message.id}”")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
