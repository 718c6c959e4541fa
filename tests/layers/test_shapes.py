"""Every kind of place has a shape that the drawing script knows."""

from layers.outlines import drawing_script
from layers.places import PLACE_GROUPS


def test_every_shape_is_known_to_the_script_and_told_apart():
    script = drawing_script()
    shapes = [group.shape for group in PLACE_GROUPS]
    assert len(set(shapes)) == len(PLACE_GROUPS)
    known = {"circle", "square"}
    assert all(shape in known or f"\n  {shape}: [" in script for shape in shapes)
    assert all(f'"{group.key}":{{"title":"{group.title}","shape":"{group.shape}"' in script for group in PLACE_GROUPS)
