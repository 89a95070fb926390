"""What the samples say: medians, spreads and ratios, as Markdown."""
import statistics

# The client, not the server, limits a figure if it has more than this of its core while the server has less.
BUSY = 0.9


def clean(samples, server, connections):
    return [s for s in samples if s["server"] == server and s["connections"] == connections and not s["dropped"]]


def rate(sample):
    return sample["requests"] / sample["seconds"]


def per_cpu(sample):
    return sample["requests"] / max(sample["server_cpu"], 0.01)


def summary(samples, servers, connections):
    """One row for each server that has clean samples."""
    rows = {}
    for server in servers:
        mine = clean(samples, server.name, connections)
        if not mine:
            continue
        rates = [rate(s) for s in mine]
        rows[server.name] = {
            "server": server.name,
            "baseline": server.baseline,
            "connections": connections,
            "samples": len(mine),
            "rate": statistics.median(rates),
            "rate_min": min(rates),
            "rate_max": max(rates),
            "p50_us": statistics.median(s["p50_us"] for s in mine),
            "p99_us": statistics.median(s["p99_us"] for s in mine),
            "per_server_cpu": statistics.median(map(per_cpu, mine)),
            "server_share": statistics.median(s["server_cpu"] / s["seconds"] for s in mine),
            "client_share": statistics.median(s["client_cpu"] / s["seconds"] for s in mine),
        }
    for row in rows.values():
        base = rows.get(row["baseline"])
        row["rate_ratio"] = row["rate"] / base["rate"] if base else None
        row["per_server_cpu_ratio"] = row["per_server_cpu"] / base["per_server_cpu"] if base else None
    return list(rows.values())


def table(rows):
    lines = ["| server | n | requests/s | min to max | x Netty | p50 us | p99 us | requests per server CPU s | x Netty"
             " | server's core | client's core |",
             "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"]
    for row in rows:
        limited = "*" if limited_by_client(row) else ""
        lines.append(
            f"| {row['server']} | {row['samples']} | {row['rate']:,.0f}{limited} "
            f"| {row['rate_min']:,.0f} to {row['rate_max']:,.0f} | {ratio(row['rate_ratio'])} "
            f"| {row['p50_us']:,.0f} | {row['p99_us']:,.0f} | {row['per_server_cpu']:,.0f} "
            f"| {ratio(row['per_server_cpu_ratio'])} | {row['server_share']:.0%} | {row['client_share']:.0%} |")
    return "\n".join(lines)


def limited_by_client(row):
    return row["client_share"] > BUSY > row["server_share"]


def ratio(value):
    return "-" if value is None else f"{value:.2f}"


def section(samples, servers, connections):
    """The heading, the table and the remarks for one number of connections."""
    rows = summary(samples, servers, connections)
    parts = [f"### {connections:,} connection{'s' if connections > 1 else ''}"]
    if rows:
        parts.append(table(rows))
    if any(map(limited_by_client, rows)):
        parts.append("`*`: limited by the client, which had no time left while the server had; the server can do more.")
    shown = {row["server"] for row in rows}
    lost = [server.name for server in servers if server.name not in shown]
    if lost:
        parts.append("No clean sample of " + ", ".join(lost) + ".")
    return "\n\n".join(parts)


def dropped(samples, limit):
    count = sum(bool(s["dropped"]) for s in samples)
    return f"{count} of {len(samples)} samples dropped, in which something else used more than {limit:.0%} of a core."


def idle_table(rows):
    lines = ["| server | connections | heap bytes per idle connection | x Netty |", "|---|--:|--:|--:|"]
    sizes = {row["server"]: row["bytes"] for row in rows}
    for row in rows:
        base = sizes.get(row["baseline"])
        lines.append(f"| {row['server']} | {row['connections']:,} | {row['bytes']:,.0f} "
                     f"| {ratio(row['bytes'] / base if base else None)} |")
    return "\n".join(lines)
