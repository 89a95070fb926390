# Prints FastAPI's document of an application with examples in all places: python3 app.py > fastapi.json
import json
from datetime import date
from typing import Annotated

from fastapi import Body, Cookie, FastAPI, Form, Header, Path, Query
from pydantic import BaseModel, ConfigDict, Field

app = FastAPI()


class Size(BaseModel):
    width: int


class Item(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Green tea", "price": 3.5}]})
    name: Annotated[str, Field(min_length=1, examples=["Green tea", "Nuts"])]
    price: Annotated[float, Field(gt=0, examples=[3.5])]
    note: Annotated[str | None, Field(examples=["new"])] = None
    since: Annotated[date | None, Field(examples=["2026-01-31"])] = None
    tags: Annotated[list[str], Field(examples=[["hot"]])] = []
    size: Annotated[Size | None, Field(examples=[{"width": 3}])] = None


class Filter(BaseModel):
    limit: Annotated[int, Field(examples=[10])] = 10


@app.get("/items/{id}")
def read(
    id: Annotated[int, Path(examples=[5])],
    q: Annotated[
        str | None,
        Query(examples=["tea", "nuts"], openapi_examples={"one": {"summary": "One word", "value": "tea"}}),
    ] = None,
    x_day: Annotated[str, Header(examples=["monday"])] = "sunday",
    numbers: Annotated[list[int] | None, Query(examples=[[1, 2]])] = None,
    key: Annotated[str, Cookie(examples=["k"])] = "",
):
    pass


@app.post("/items")
def create(
    item: Annotated[
        Item,
        Body(
            examples=[{"name": "a", "price": 1}],
            openapi_examples={
                "normal": {"summary": "As usual", "value": {"name": "Nuts", "price": 2}},
                "wrong": {"summary": "Refused", "value": {"name": "Nuts", "price": "much"}},
            },
        ),
    ],
):
    pass


@app.post("/two")
def two(item: Annotated[Item, Body(examples=[{"name": "a", "price": 1}])], n: Annotated[int, Body(examples=[1])]):
    pass


@app.post("/form")
def form(n: Annotated[int, Form(examples=[1])]):
    pass


@app.get("/filtered")
def filtered(filter: Annotated[Filter, Query()]):
    pass


print(json.dumps(app.openapi(), indent=1))
