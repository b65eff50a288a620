"""The shapes of the keys, read off the annotations of the records."""

from generator.model import Author, FreePage, Link, Paper, PaperAuthor, SiteConfig
from generator.scalars import DATE
from generator.shapes import Choice, Many, Mapping, Nested, OneOf, ServiceLinks, fields_of


def test_every_field_of_every_record_has_a_shape() -> None:
    shapes = fields_of(Paper)
    assert shapes["date"].shape is DATE
    assert isinstance(shapes["authors"].shape, Many)
    assert shapes["authors"].shape.item == Nested(PaperAuthor)
    assert isinstance(shapes["status"].shape, Choice)
    assert isinstance(shapes["code"].shape, OneOf)
    assert fields_of(Author)["links"].shape == ServiceLinks()
    assert isinstance(fields_of(Author)["metrics"].shape, Mapping)
    assert "service" not in fields_of(Link)


def test_only_what_cannot_be_made_up_is_required() -> None:
    required = {
        kind: [name for name, entry in fields_of(kind).items() if entry.required]
        for kind in (Paper, Author, SiteConfig, FreePage)
    }
    assert required == {Paper: ["title"], Author: ["name"], SiteConfig: [], FreePage: ["title"]}
