"""How the readers look into XML: direct children only, empty elements are absent, white space is squeezed."""

from collections.abc import Iterator

from lxml import etree

from store.imports.values import squeezed


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(etree.QName(element).localname)


def namespace(element: etree._Element) -> str:
    """Return the namespace of an element, empty if it has none."""
    return str(etree.QName(element).namespace or "")


class Xml:
    """One element, read by the local names of its direct children in the namespaces that count."""

    __slots__ = ("_children", "_namespaces", "element")

    def __init__(self, element: etree._Element, namespaces: frozenset[str]) -> None:
        self.element = element
        self._namespaces = namespaces
        self._children: dict[str, list[etree._Element]] | None = None

    @property
    def value(self) -> str:
        """The text of the element itself."""
        return squeezed(self.element.text)

    def attribute(self, name: str) -> str:
        """Return an attribute's value, empty if it is absent."""
        return squeezed(str(self.element.get(name, "")))

    def all(self, path: str) -> Iterator["Xml"]:
        """Return the elements at a path of local names (`Party/PartyName`), in the order of the file."""
        first, _slash, rest = path.partition("/")
        if self._children is None:
            # Only when asked for: most of a file (attachments, payment, signatures) is never looked at.
            self._children = self._index()
        for element in self._children.get(first, ()):
            # Made anew each time, so that ten thousand rows do not stay in memory with all their elements.
            child = Xml(element, self._namespaces)
            if rest:
                yield from child.all(rest)
            else:
                yield child

    def _index(self) -> dict[str, list[etree._Element]]:
        children: dict[str, list[etree._Element]] = {}
        for child in self.element:
            name = etree.QName(child)
            if (name.namespace or "") in self._namespaces:
                children.setdefault(str(name.localname), []).append(child)
        return children

    def first(self, path: str) -> "Xml | None":
        """Return the first element at a path."""
        return next(self.all(path), None)

    def text(self, path: str) -> str:
        """Return the first text at a path that is not empty."""
        return next((found.value for found in self.all(path) if found.value), "")

    def texts(self, path: str) -> tuple[str, ...]:
        """Return every text at a path that is not empty."""
        return tuple(found.value for found in self.all(path) if found.value)
