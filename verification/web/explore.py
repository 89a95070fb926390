"""Sends requests drawn from the applications' own OpenAPI documents and records the answers. Standard library only.

What an answer may be is judged elsewhere, by AnswerJudge. A record names all operations whose path fits the request's:
which of them answers is the order of the routes, and the document does not tell it.
"""
import json
import random
import re
from urllib.parse import quote

import client
import draw


def fits(template):
    """The pattern of the raw paths of a template; a variable of the document may be a path of its own."""
    parts = re.split(r"(\{[^{}]*\})", template)
    return re.compile("".join(".*" if p.startswith("{") else re.escape(quote(p, safe="/")) for p in parts) + "/?$", re.S)


def own_statuses(data):
    """The statuses that the data of an application names: what its handlers raise and answer by themselves."""
    if isinstance(data, dict):
        found = {data["status"]} if isinstance(data.get("status"), int) else set()
        if data.get("kind") == "response" and data.get("type") == "empty":
            found.add(204)
        for value in data.values():
            found |= own_statuses(value)
        return found
    return set().union(*map(own_statuses, data)) if isinstance(data, list) else set()


def explore(c, port, count, seed, out, timeout):
    app = c["app"]["id"]
    own = sorted(own_statuses(c["app"]))
    with client.Connection("127.0.0.1", port, timeout) as connection:
        document = json.loads(connection.send(app, {"m": "GET", "t": "/openapi.json"}).body)
        templates = {path: fits(path) for path in document["paths"]}
        for path in document["paths"]:
            for method in document["paths"][path]:
                requests = draw.Requests(document, path, method)
                for i in range(count):
                    key = "%s %s %s %d %d" % (app, method, path, seed, i)
                    request, right = requests.draw(random.Random(key))
                    record = {"app": app, "draw": key, "right": right, "own": own, "request": client.shown_request(app, request)[:1500]}
                    target = request["t"].split("?")[0]
                    record["operations"] = [[p, method] for p, pattern in templates.items()
                                            if method in document["paths"][p] and pattern.match(target)]
                    try:
                        answer = connection.send(app, request)
                        record.update(status=answer.status, type=",".join(answer.header("content-type")),
                                      body=answer.body.decode("utf-8", "replace"))
                    except (client.Broken, OSError, ValueError) as e:
                        connection.close()
                        record["lost"] = repr(e)
                    out.write(json.dumps(record) + "\n")
