"""Builds the shipped merchant dictionary; needed only when its sources change."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from transactions.categoriser.adapters import dictionary, merchant_names
from transactions.categoriser.adapters.brand_index import read_brands, word_hints


class Command(BaseCommand):
    help = "Build the categoriser's data/dictionary.json.gz from name-suggestion-index, our merchants and ISO 18245."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--brands", type=Path, required=True, help="the unpacked npm package name-suggestion-index 8"
        )
        parser.add_argument("--output", type=Path, default=dictionary.DICTIONARY_FILE)
        parser.add_argument("--names", type=Path, default=merchant_names.NAMES_FILE)

    def handle(self, *_args: object, brands: Path, output: Path, names: Path, **_options: object) -> None:
        # iso18245 is a development package: a server that only reads the built file does not have it.
        from transactions.categoriser.adapters.mcc_categories import mcc_meanings

        keywords = dictionary.read_keywords(dictionary.KEYWORDS_FILE)
        try:
            index = read_brands(
                package=brands,
                own_merchants=dictionary.OWN_MERCHANTS_FILE,
                generic_words=frozenset(keywords.phrases),
            )
        except FileNotFoundError as missing:
            raise CommandError(f"Not an unpacked name-suggestion-index: no {missing.filename}") from missing
        listed = index.brands()
        dictionary.write_dictionary(output, brands=listed, hints=word_hints(listed), mcc=mcc_meanings())
        self.stdout.write(f"{len(listed)} brands in {output} ({output.stat().st_size:,} bytes)")
        named = merchant_names.collect_names(
            package=brands,
            own_names=merchant_names.OWN_NAMES_FILE,
            listed={brand.name for brand, _ in listed},
        )
        merchant_names.write_names(names, named)
        self.stdout.write(f"{sum(map(len, named.values()))} names in other scripts in {names}")
