"""The parts of a CAMT file that matter, each as a small tree, while the file is being parsed.

Names are taken without their namespace, so every version and every prefix reads alike. No entity is expanded
and no document type is accepted; depth, size and repetition of a part are bounded.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NoReturn
from xml.parsers import expat

from ingest.domain.statement import UnreadableStatementError

STATEMENTS: Final = frozenset({"Stmt", "Rpt", "Ntfctn"})
_PARTS: Final = frozenset({"Acct", "Bal", "Ntry"})
# Parts of an entry that no row is made of.
_UNUSED: Final = frozenset(
    {"PstlAdr", "CtctDtls", "AmtDtls", "Chrgs", "Tax", "Btch", "RltdAgts", "Intrst", "Purp", "Avlbty"}
)
_DEEPEST = 200
_MOST_NODES = 2_000
_LONGEST_TEXT = 4_000
_KEPT_DETAILS = 5
_MOST_STALLS = 16


class Node:
    """An element: its name, line, currency attribute, text and children."""

    __slots__ = ("children", "currency", "line", "name", "repeats", "text")

    def __init__(self, name: str, line: int, currency: str = "") -> None:
        self.name = name
        self.line = line
        self.currency = currency
        self.text = ""
        self.children: list[Node] = []
        self.repeats = 0

    def child(self, *path: str) -> "Node | None":
        """The first element at a path beneath this one."""
        node = self
        for name in path:
            for child in node.children:
                if child.name == name:
                    node = child
                    break
            else:
                return None
        return node

    def all(self, *path: str) -> "list[Node]":
        """All elements at a path beneath this one."""
        nodes = [self]
        for name in path:
            nodes = [child for node in nodes for child in node.children if child.name == name]
        return nodes

    def said(self, *path: str) -> str:
        """The trimmed text at a path, empty where there is none."""
        node = self.child(*path)
        return node.text.strip() if node else ""

    def found(self, name: str) -> "Node | None":
        """The first element of that name at any depth."""
        for child in self.children:
            node = child if child.name == name else child.found(name)
            if node is not None:
                return node
        return None


class Event:
    """A statement that opens or ends (``part`` is None), or a part of it that is complete."""

    __slots__ = ("line", "opens", "part")

    def __init__(self, line: int, *, opens: bool = False, part: Node | None = None) -> None:
        self.line = line
        self.opens = opens
        self.part = part


class TreeParser:
    """Turns decoded text into events. ``open_part`` is what was being read when the text ended."""

    def __init__(self) -> None:
        self.open_part: Node | None = None
        self._stack: list[Node] = []
        self._events: list[Event] = []
        self._names: dict[str, str] = {}
        self._depth = 0
        self._statement_depth = 0
        self._skipped_from = 0
        self._nodes = 0
        self._reached = -1
        self._stalls = 0
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse_declaration
        parser.EntityDeclHandler = self._refuse_declaration

    @property
    def line(self) -> int:
        """The line that is being read."""
        return self._parser.CurrentLineNumber

    def events(self, chunks: Iterable[str]) -> Iterator[Event]:
        """All events; raises ``UnreadableStatementError`` where the text is not well-formed XML."""
        for chunk in chunks:
            yield from self._fed(chunk, final=False)
        yield from self._fed("", final=True)

    def _fed(self, chunk: str, *, final: bool) -> Iterator[Event]:
        """The events of a chunk, also of what stands before a fault."""
        fault: UnreadableStatementError | None = None
        try:
            self._parser.Parse(chunk, final)
            self._require_progress()
        except expat.ExpatError as error:
            reason = expat.errors.messages.get(error.code, "broken")
            message = f"The file is not well-formed XML: {reason}."
            fault = UnreadableStatementError(message, line=error.lineno)
        except UnreadableStatementError as error:
            fault = error
        yield from self._events
        self._events.clear()
        if fault is not None:
            raise fault

    def _require_progress(self) -> None:
        """Refuse a tag or comment over many chunks: each of them costs what all before it did."""
        at = self._parser.CurrentByteIndex
        self._stalls = self._stalls + 1 if at == self._reached else 0
        self._reached = at
        if self._stalls > _MOST_STALLS:
            raise UnreadableStatementError("A single tag or comment is longer than 1 MB.", line=self.line)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadableStatementError(
                f"Elements are nested more than {_DEEPEST} deep, which no statement needs.", line=self.line
            )
        if self._skipped_from:
            return
        local = self._names.get(name) or self._local(name)
        if self.open_part is not None:
            self._open_child(local, attributes)
        else:
            self._open_frame(local)

    def _open_frame(self, local: str) -> None:
        if not self._statement_depth:
            if local in STATEMENTS:
                self._statement_depth = self._depth
                self._events.append(Event(self.line, opens=True))
        elif self._depth == self._statement_depth + 1 and local in _PARTS:
            self.open_part = Node(local, self.line)
            self._stack = [self.open_part]
            self._nodes = 0
            self._parser.CharacterDataHandler = self._text

    def _open_child(self, local: str, attributes: dict[str, str]) -> None:
        parent = self._stack[-1]
        self._nodes += 1
        if local == "TxDtls":
            parent.repeats += 1
        if self._nodes > _MOST_NODES or (local == "TxDtls" and parent.repeats > _KEPT_DETAILS):
            self._skipped_from = self._depth
            return
        node = Node(local, self._parser.CurrentLineNumber, attributes.get("Ccy", "") if attributes else "")
        parent.children.append(node)
        self._stack.append(node)

    def _end(self, _: str) -> None:
        depth, self._depth = self._depth, self._depth - 1
        if self._skipped_from:
            if self._skipped_from == depth:
                self._skipped_from = 0
        elif self.open_part is not None:
            self._stack.pop()
            if not self._stack:
                self._events.append(Event(self.open_part.line, part=self.open_part))
                self.open_part = None
                self._parser.CharacterDataHandler = None
        elif depth == self._statement_depth:
            self._statement_depth = 0
            self._events.append(Event(self._parser.CurrentLineNumber))

    def _text(self, text: str) -> None:
        if not self._skipped_from and len(self._stack[-1].text) < _LONGEST_TEXT:
            self._stack[-1].text += text[:_LONGEST_TEXT]

    def _local(self, name: str) -> str:
        local = name.rpartition(":")[2]
        if len(self._names) < _MOST_NODES:
            self._names[name] = local
        return local

    def _refuse_declaration(self, *_: object) -> NoReturn:
        raise UnreadableStatementError(
            "The file declares a document type or entities, which a bank statement never needs; "
            "for safety it is not read.",
            line=self._parser.CurrentLineNumber,
        )
