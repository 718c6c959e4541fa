"""Every layer that the application offers, in the order shown. To add one: write it in its file, list it here."""

from layers import deprivation, enterprise, people
from layers.base import Layer

LAYERS: tuple[Layer, ...] = (*deprivation.LAYERS, *enterprise.LAYERS, *people.LAYERS)

GROUPS: tuple[str, ...] = tuple(dict.fromkeys(layer.group for layer in LAYERS))


def get(key: str) -> Layer:
    """The layer with this key.

    Raises
    ------
    KeyError
        If there is none; the message lists those there are.
    """
    for layer in LAYERS:
        if layer.key == key:
            return layer
    raise KeyError(f"No layer {key!r}; there are {', '.join(layer.key for layer in LAYERS)}.")
