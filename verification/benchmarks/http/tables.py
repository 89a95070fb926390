"""What the samples say: medians, ratios and targets, as Markdown."""
import statistics

# The client, not the server, limits a figure if it has more than this of its core while the server has less.
BUSY = 0.9

# Case, peer, and how many times its rate ours should be at least.
TARGETS = [("plaintext-64", "netty", 1.0), ("plaintext-512", "netty", 1.0), ("pipelined", "netty", 1.0),
           ("plaintext-64", "vertx", 1.0), ("plaintext-512", "vertx", 1.0), ("plaintext-64", "helidon", 1.5),
           ("plaintext-512", "helidon", 1.5), ("plaintext-64", "vertx-virtual", 2.0),
           ("plaintext-512", "vertx-virtual", 2.0)]
TARGETS += [(case, peer, least) for case in ("json-64", "database-64")
            for peer, least in (("fastapi", 7.0), ("vertx-web", 1.0), ("helidon", 1.0), ("spring", 1.0), ("javalin", 1.0))]
OURS = ("asyncio4j", "asyncio4j-annotated")
START_TARGETS = [("start-annotated", 0.9), ("start-json", 0.9), ("start-annotated-aot", 0.5)]


def rate(sample):
    return sample["requests"] / sample["seconds"]


def micros(sample):
    """Processor time of the server for a request, in microseconds."""
    return sample["server_cpu"] * 1e6 / max(sample["requests"], 1)


def summary(samples, case):
    """One row for each server that has samples."""
    rows = {}
    for name in dict.fromkeys(s["server"] for s in samples if s["case"] == case.name):
        mine = [s for s in samples if s["case"] == case.name and s["server"] == name]
        rates = [rate(s) for s in mine]
        rows[name] = {
            "server": name,
            "case": case.name,
            "samples": len(mine),
            "rate": statistics.median(rates),
            "rate_min": min(rates),
            "rate_max": max(rates),
            "micros": statistics.median(map(micros, mine)),
            "micros_min": min(map(micros, mine)),
            "p50_us": statistics.median(s["p50_us"] for s in mine),
            "p99_us": statistics.median(s["p99_us"] for s in mine),
            "server_share": statistics.median(s["server_cpu"] / s["seconds"] for s in mine),
            "client_share": statistics.median(s["client_cpu"] / s["seconds"] for s in mine),
        }
    base = rows.get(case.yardstick)
    for row in rows.values():
        row["rate_ratio"] = row["rate"] / base["rate"] if base else None
        row["micros_ratio"] = base["micros"] / row["micros"] if base and row["micros"] else None
        row["paired"] = paired(samples, case.name, row["server"], case.yardstick)
    return list(rows.values())


def paired(samples, case, server, other):
    """The median over the rounds of the ratio of processor time; above 1 `server` needs less than `other`."""
    def by_round(name):
        return {s["round"]: micros(s) for s in samples if s["case"] == case and s["server"] == name}
    mine, base = by_round(server), by_round(other)
    ratios = [base[turn] / mine[turn] for turn in mine if turn in base and mine[turn]]
    return statistics.median(ratios) if ratios else None


def section(samples, case):
    rows = summary(samples, case)
    lines = [f"### {case.title()}", "",
             f"| server | n | requests/s | min to max | x {case.yardstick} | CPU us each | least | x {case.yardstick} "
             "| by round | p50 us | p99 us | server's core | client's core |",
             "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"]
    for row in rows:
        limited = "*" if row["client_share"] > BUSY > row["server_share"] else ""
        lines.append(
            f"| {row['server']} | {row['samples']} | {row['rate']:,.0f}{limited} "
            f"| {row['rate_min']:,.0f} to {row['rate_max']:,.0f} | {ratio(row['rate_ratio'])} "
            f"| {row['micros']:.2f} | {row['micros_min']:.2f} | {ratio(row['micros_ratio'])} | {ratio(row['paired'])} "
            f"| {row['p50_us']:,.0f} | {row['p99_us']:,.0f} "
            f"| {row['server_share']:.0%} | {row['client_share']:.0%} |")
    if any("*" in line.split("|")[3] for line in lines[4:]):
        lines += ["", "`*`: limited by the client, which had no time left while the server had."]
    return "\n".join(lines)


def ratio(value):
    return "-" if value is None else f"{value:.2f}"


def start(rows):
    lines = ["### start: to the first answer, on one core", "",
             "| server | n | seconds | least | processor seconds | least |", "|---|--:|--:|--:|--:|--:|"]
    for name in dict.fromkeys(row["server"] for row in rows):
        mine = [row for row in rows if row["server"] == name]
        wall, cpu = ([row[key] for row in mine] for key in ("seconds", "cpu"))
        lines.append(f"| {name} | {len(mine)} | {statistics.median(wall):.2f} | {min(wall):.2f} "
                     f"| {statistics.median(cpu):.2f} | {min(cpu):.2f} |")
    return "\n".join(lines)


def verdict(rows, starts):
    """The targets and whether they are met, by rate and by processor time."""
    known = {(row["case"], row["server"]): row for row in rows}
    lines = ["### targets", "",
             "| case | ours | against | target | by rate | by processor time | met |", "|---|---|---|--:|--:|--:|---|"]
    for case, peer, least in TARGETS:
        for name in OURS:
            ours, other = known.get((case, name)), known.get((case, peer))
            if ours and other:
                rates = ours["rate"] / other["rate"]
                times = other["micros"] / ours["micros"] if ours["micros"] else 0
                met = "yes" if min(rates, times) >= least else "no" if max(rates, times) < least else "about"
                lines.append(f"| {case} | {name} | {peer} | {least:.1f} | {rates:.2f} | {times:.2f} | {met} |")
    for name, most in START_TARGETS:
        took = [row["seconds"] for row in starts if row["server"] == name]
        if took:
            median = statistics.median(took)
            lines.append(f"| start | {name} | | {most:.1f} s | {median:.2f} s | | {'yes' if median <= most else 'no'} |")
    return "\n".join(lines)


def foreign(samples, limit):
    busy = sum(sample["foreign"] > limit for sample in samples)
    return (f"In {busy} of {len(samples)} samples something else used more than {limit:.0%} of a core."
            + (" Believe the processor time rather than the rates." if busy * 4 > len(samples) else ""))
