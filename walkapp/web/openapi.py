"""What the API says of itself, for `/api/v1/openapi.json`.

spectree collects routes and pydantic schemas. It is used for the document alone: our own decorators and errors keep the
door (`skip_validation`), and its pages, which load scripts from other hosts, are never registered. What it cannot say
(problem+json, a picture as body) is put right afterwards.
"""

import copy
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel, Field
from spectree import Response, SecurityScheme, SpecTree
from spectree.models import InType, SecureType, SecuritySchemeData

from .access import USER_COOKIE

View = TypeVar("View", bound=Callable[..., Any])

PREFIX = "/api/v1/"
PHONE, USER = "phone", "session"
_PICTURES = ("image/jpeg", "image/png", "image/webp")


class Problem(BaseModel):
    """What went wrong (RFC 9457). `detail` is a Swedish sentence for the person."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    fields: dict[str, str] = Field(default={}, description="The fields at fault, each with its own sentence")


_spec = SpecTree(
    "flask",
    title="walkapp",
    version="1",
    description="Phones file observations, staff and other systems read them. Every error is a problem+json.",
    mode="normal",
    annotations=False,
    validation_error_model=Problem,
    naming_strategy=lambda model: model.__name__,
    nested_naming_strategy=lambda _parent, child: child,
    security_schemes=[
        SecurityScheme(name=PHONE, data=SecuritySchemeData(type=SecureType.HTTP, scheme="bearer")),
        SecurityScheme(
            name=USER, data=SecuritySchemeData(type=SecureType.API_KEY, field_in=InType.COOKIE, name=USER_COOKIE)
        ),
    ],
)
_pictures: set[str] = set()
_geojson: set[str] = set()


def described(
    name: str, *, answers: dict[int, type[BaseModel] | None], refuses: tuple[int, ...] = (), by: str = "",
    body: type[BaseModel] | None = None, query: type[BaseModel] | None = None, picture: bool = False,
    geojson: bool = False,
) -> Callable[[View], View]:  # fmt: skip
    """Describe an API route (its docstring says the rest). Stands nearest to the function, below the access decorator.

    `by` is who may call it: PHONE (Bearer token), USER (a session) or nobody in particular. `picture`: the body is the
    bytes of one. `geojson`: the answer is.
    """
    if picture:
        _pictures.add(name)
    if geojson:
        _geojson.add(name)
    codes: dict[str, Any] = {f"HTTP_{code}": model for code, model in answers.items()}
    codes |= {f"HTTP_{code}": Problem for code in refuses}
    return _spec.validate(
        json=body, query=query, resp=Response(**codes), security=[{by: []}] if by else [], operation_id=name,
        skip_validation=True,
    )  # fmt: skip


def document() -> dict[str, Any]:
    """The OpenAPI document of the application whose context this is called in."""
    spec = copy.deepcopy(_spec.spec)
    spec["paths"] = {path: methods for path, methods in spec["paths"].items() if path.startswith(PREFIX)}
    for methods in spec["paths"].values():
        for operation in methods.values():
            if operation["operationId"] in _pictures:
                operation["requestBody"] = {"required": True, "content": {kind: {} for kind in _PICTURES}}
            for code, answer in operation["responses"].items():
                if code == "200" and operation["operationId"] in _geojson:
                    answer["content"] = {"application/geo+json": answer["content"].pop("application/json")}
                if code.startswith(("4", "5")) and "content" in answer:
                    answer["content"] = {"application/problem+json": answer["content"].pop("application/json")}
    return dict(spec)
