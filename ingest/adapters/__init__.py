"""One package for each family of files; every reader is registered here."""

from collections.abc import Sequence

from ingest.adapters.camt.reader import CamtReader
from ingest.adapters.csv.reader import CsvReader
from ingest.adapters.mt940.reader import Mt940Reader
from ingest.adapters.ofx.reader import OfxReader
from ingest.adapters.qif.reader import QifReader
from ingest.ports import StatementReader

# A reader that needs a mark of its own to recognise a file comes before the one that reads any text.
READERS: Sequence[StatementReader] = (OfxReader(), CamtReader(), Mt940Reader(), QifReader(), CsvReader())
