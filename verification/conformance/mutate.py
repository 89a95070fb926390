"""Changes of random programs: statements in places, and with targets, where
the generator would not put them."""
import copy
import json
import random

# Statements about a task or future that may be about any other.
ABOUT = {"cancel", "state", "result", "exception", "set_result",
         "set_exception", "add_done_callback", "remove_done_callback"}
# Statements that may stand anywhere, in callbacks too.
IMMEDIATE = ABOUT | {
    "log", "event_set", "event_clear", "release", "notify", "notify_all",
    "put_nowait", "get_nowait", "task_done", "queue_shutdown", "create_task",
    "gather_future", "shield_future", "uncancel", "cancelling", "reschedule",
    "handle_cancel", "call_soon", "ticker", "var_set", "all_tasks",
    "set_task_factory"}
# Statements that may stand anywhere in a task.
AWAITING = {"sleep", "event_wait", "get", "put", "acquire"}
CALLBACKS = {"call_soon", "call_later", "call_at", "add_done_callback",
             "ctx_run"}


def bodies(node, in_callback, out):
    """All lists of statements, and whether a callback executes them."""
    if isinstance(node, list):
        if node and all(isinstance(x, dict) and "op" in x for x in node):
            out.append((node, in_callback))
        for x in node:
            bodies(x, in_callback, out)
    elif isinstance(node, dict):
        for x in node.values():
            bodies(x, in_callback or node.get("op") in CALLBACKS, out)
    return out


def futures(program, statements):
    """The names of tasks and futures."""
    names = {s["name"] for s in statements if s["op"] in (
        "create_task", "tg_create_task", "gather_future", "shield_future")}
    return sorted(names | {k for k, r in program.get("resources", {}).items()
                           if r["type"] == "future"})


def change(program, r):
    found = bodies([program.get(k, []) for k in ("main", "main2", "main3")],
                   False, [])
    statements = [s for body, _ in found for s in body]
    if not statements:
        return
    body, in_callback = r.choice(found)
    what = r.random()
    if what < .3:
        about = [s for s in statements if s["op"] in ABOUT]
        names = futures(program, statements)
        if about and names:
            r.choice(about)["target"] = r.choice(names)
    elif what < .7:
        s = r.choice(statements)
        if s["op"] in IMMEDIATE or s["op"] in AWAITING and not in_callback:
            body.insert(r.randint(0, len(body)), copy.deepcopy(s))
    elif what < .85:
        timed = [s for s in statements if isinstance(s.get("ms"), int)]
        if timed:
            r.choice(timed)["ms"] = r.choice([0, 1, 2, 3])
    elif len(body) > 1:
        body.pop(r.randrange(len(body)))


def mutate(program):
    """A copy with a few changes; the same for the same program."""
    text = json.dumps(program)
    r = random.Random(text)
    mutant = json.loads(text)
    mutant["id"] += "-m"
    for _ in range(r.randint(1, 4)):
        change(mutant, r)
    return mutant
