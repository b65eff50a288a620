"""Where a key of a record stands in its file: for problems that are found after reading."""

import functools

import yaml

from generator import foreign, nodes
from generator.errors import Place
from generator.model import Origin


def locate(data: bytes, origin: Origin, *keys: str | int) -> Place:
    """Where a key of a record stands (or the record, when the key is not there): for problems found after reading.

    A number among the keys is that of an item of a list, or of an entry of a mapping.
    """
    node = _composed(data)
    place = Place(origin.file, origin.line, origin.column)
    if isinstance(node, yaml.SequenceNode) and 0 <= origin.index < len(node.value):
        node = node.value[origin.index]
    for at, key in enumerate(keys, start=1):
        if (
            key == 0
            and not isinstance(node, yaml.SequenceNode)
            and (at < len(keys) or isinstance(node, yaml.ScalarNode))
        ):
            continue  # a list of one may be written as what it holds
        if isinstance(node, yaml.MappingNode):
            # a key that is a list has been reported, and names nothing
            entries = {entry[0].value: entry for entry in node.value if isinstance(entry[0], yaml.ScalarNode)}
            named = key if not isinstance(key, int) else [*entries][key] if key < len(entries) else None
            written = named if named in entries else next((name for name in entries if _means(name, key)), None)
            if written is None:
                return place
            key_node, node = entries[written]
            place = Place(origin.file, key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            place = Place(origin.file, node.start_mark.line + 1, node.start_mark.column + 1)
        else:
            return place
    return place


def _means(written: str, key: str | int) -> bool:
    """Whether a key as typed is another tool's name for one of ours."""
    kinds = (foreign.PAPER, foreign.AUTHOR, foreign.SITE, foreign.PAGE, foreign.POSITION, foreign.AWARD)
    return any(names.get(written) == key for names in kinds)


@functools.lru_cache(maxsize=8)
def _composed(data: bytes) -> yaml.Node | None:
    """Kept, because a file with many problems is asked for each of them."""
    return nodes.tree(data.decode("utf-8-sig"))
