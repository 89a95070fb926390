"""Answers with FastAPI."""
import queue
import sqlite3
from typing import Annotated

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field

app = FastAPI()


class Item(BaseModel):
    name: Annotated[str, Field(min_length=1, max_length=50)]
    price: Annotated[float, Field(gt=0)]
    quantity: Annotated[int, Field(gt=0)]
    tags: list[str]


class Answer(BaseModel):
    id: int
    q: str
    name: str
    total: float
    tags: list[str]


class Stored(BaseModel):
    id: int
    q: str
    name: str
    total: float
    stock: int


class Stock:
    """What is in stock: SQLite within the process, as H2 is for the servers in Java."""

    def __init__(self):
        self._free = queue.Queue()
        self._keeper = self._connection()
        self._keeper.execute("CREATE TABLE stock (id INTEGER PRIMARY KEY, quantity INTEGER NOT NULL)")
        self._keeper.executemany("INSERT INTO stock VALUES (?, ?)", [(i, 3 * i) for i in range(1000)])
        self._keeper.commit()
        for _ in range(16):
            self._free.put(self._connection())

    @staticmethod
    def _connection():
        return sqlite3.connect("file:stock?mode=memory&cache=shared", uri=True, check_same_thread=False)

    def of(self, number):
        connection = self._free.get()
        try:
            found = connection.execute("SELECT quantity FROM stock WHERE id = ?", (number,)).fetchone()
            return found[0] if found else 0
        finally:
            self._free.put(connection)


stock = Stock()


@app.get("/plaintext", response_class=PlainTextResponse)
async def plaintext():
    return "Hello, World!"


@app.post("/items/{id}")
async def items(id: int, q: str, item: Item) -> Answer:
    return Answer(id=id, q=q, name=item.name, total=item.price * item.quantity, tags=item.tags)


@app.post("/stored/{id}")
def stored(id: int, q: str, item: Item) -> Stored:      # blocks, so FastAPI runs it in a thread
    return Stored(id=id, q=q, name=item.name, total=item.price * item.quantity, stock=stock.of(id))
