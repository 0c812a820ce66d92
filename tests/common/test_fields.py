"""The fields of the administration have names, those too that draw their own text box."""

from common.blocks import LineBlocks, TaskBlock
from common.fields import CleanRichTextField


def test_the_editor_of_a_field_is_named_by_it() -> None:
    form_field = CleanRichTextField("tausta").formfield()
    assert form_field.widget.options["ariaLabel"] == "Tausta"


def test_the_editor_of_a_block_is_named_by_it() -> None:
    text = TaskBlock().child_blocks["text"]
    assert text.field.widget.options["ariaLabel"] == text.label


def test_a_line_is_named() -> None:
    line = LineBlocks().child_blocks["line"]
    assert str(line.label) in line.field.widget.render("line", "")


def test_the_name_does_not_reach_the_migrations() -> None:
    _name, path, arguments, options = CleanRichTextField("tausta").deconstruct()
    assert (path, arguments, options) == ("common.fields.CleanRichTextField", [], {"verbose_name": "tausta"})
