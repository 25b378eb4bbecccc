"""Letters, by whatever carries them: SMTP, or the service of a provider through Anymail."""

from contextlib import suppress
from smtplib import SMTPDataError, SMTPRecipientsRefused
from types import TracebackType
from typing import TYPE_CHECKING, Self

from anymail.exceptions import AnymailAPIError, AnymailError
from django.core.mail import EmailMessage, get_connection

if TYPE_CHECKING:
    from django.core.mail.backends.base import BaseEmailBackend

# Client errors of HTTP that are about the account or the hour: they end when the operator or the hour says so.
PASSING = {401, 402, 403, 404, 408, 425, 429}
FAILURES = (OSError, AnymailError, ValueError)


class UndeliveredError(Exception):
    """A letter did not leave; one that ``is_permanent`` never will."""

    def __init__(self, message: str, *, is_permanent: bool) -> None:
        super().__init__(message)
        self.is_permanent = is_permanent


class OutgoingMail:
    """One connection for many letters, opened by the first and again after a failure."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend = get_connection()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, address: str, *, subject: str, text: str) -> None:
        """Send a plain letter from the usual sender; raises ``UndeliveredError``."""
        # A subject is a header, and ends where a line does.
        letter = EmailMessage(" ".join(subject.split()), text, to=[address], connection=self._connection)
        try:
            self._connection.open()
        except OSError as error:
            raise UndeliveredError(str(error), is_permanent=False) from error
        try:
            letter.send()
        except FAILURES as error:
            self._close()
            raise UndeliveredError(str(error), is_permanent=_is_permanent(error)) from error

    def _close(self) -> None:
        with suppress(OSError):
            self._connection.close()


def _is_permanent(error: Exception) -> bool:
    """Whether it is the letter or its address that was refused; all else may be better later."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, SMTPDataError):
        return error.smtp_code >= 500
    if isinstance(error, AnymailAPIError):
        return 400 <= (error.status_code or 0) < 500 and error.status_code not in PASSING
    return isinstance(error, AnymailError | ValueError)
