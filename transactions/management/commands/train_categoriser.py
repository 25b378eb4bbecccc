"""Trains the shipped statistical categoriser; needed only when the dictionary or the keywords change."""

from argparse import ArgumentParser
from importlib.util import find_spec
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from transactions.categoriser.adapters import dictionary
from transactions.categoriser.adapters.text_model import MODEL_FILE, write_model
from transactions.categoriser.adapters.text_training import digest_of, report, train
from transactions.services.merchants import habits
from users.models import User


class Command(BaseCommand):
    help = (
        "Train the categoriser's data/text_model.gz from the shipped dictionary and keywords (minutes; needs the "
        "development packages). With --person, nothing is written: says what that person's own choices are worth."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--output", type=Path, default=MODEL_FILE)
        parser.add_argument("--person", metavar="EMAIL", help="measure this person's own part instead")

    def handle(self, *_args: object, output: Path, person: str | None, **_options: object) -> None:
        if person is None:
            self._train(output)
        else:
            self._measure(person)

    def _train(self, output: Path) -> None:
        if find_spec("sklearn") is None:
            raise CommandError("Training needs the packages of requirements-dev.txt.")
        stored = dictionary.read_stored(dictionary.DICTIONARY_FILE)
        keywords = dictionary.read_keywords(dictionary.KEYWORDS_FILE)
        trained = train(stored, keywords)
        write_model(
            output,
            weights=trained.weights,
            calibration=trained.calibration,
            inputs=digest_of(stored, keywords),
        )
        self.stdout.write(
            f"{len(trained.weights.marks):,} marks in {output} ({output.stat().st_size:,} bytes)"
        )
        self.stdout.write(report(trained))

    def _measure(self, email: str) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"Nobody here has the address {email}.")
        percent = habits(user).percent
        if percent is None:
            self.stdout.write(
                "Too little was taught, or alike names are in unlike categories: no guesses from it."
            )
        else:
            self.stdout.write(
                f"Merchants with names like those taught: {percent} % of the guesses are right."
            )
