"""A batch made by hand: boundaries of known rates, one failure, names that attack what shows them."""

HOSTILE = '</script><img src=x onerror="document.title=1">'
TIME = "2026-03-01T04:05:06Z"


def summary(aligned, points, waiting=0):
    """Return what is said of so many docking points; those that are neither are missing."""
    missing = points - aligned - waiting
    rates = {
        "docking_points": points, "aligned": aligned, "undetermined": waiting,
        "docking_rate": {"low": aligned / points, "high": (aligned + waiting) / points},
        "passable": aligned, "through_rate": aligned / points,
        "states": {"through": aligned, "severed": missing, "unknown": waiting},
    }  # fmt: skip
    compared = {
        "pairs": aligned + waiting, "agrees": aligned, "differs": 0, "unknown": waiting,
        "left_out": 0, "rate": None, "comparable_share": None,
    }  # fmt: skip
    return {
        **rates,
        "open_points": missing,
        "waiting_points": waiting,
        "aspects": dict.fromkeys(("place", "section", "timing"), compared),
        "by_class": {"4": rates},
        "by_admin_class": {"unknown": rates},
        "approaches": 2 * points - missing,
        "verdicts": {"aligned": aligned, "missing": missing, "undetermined": waiting},
        "severities": {"ok": points - missing, "severe": missing},
        "rules": {},
    }


def point(pair, number, *, verdict, lat):
    missing = verdict == "missing"
    return {
        "id": f"DP-{pair}{number}",
        "lat": lat,
        "lon": 121.0 + 0.01 * number,
        "chainage_m": 100.0 * number,
        "verdict": verdict,
        "severity": "severe" if missing else "ok",
        "priority": 10.0 * number + pair if missing else None,
        "a_fid": ["1"], "a_ref": None, "a_name": f"Road {pair}{number}", "a_class_text": "primary",
        "b_fid": None if missing else ["2"], "b_ref": "S1", "b_name": HOSTILE, "b_class_text": None,
        "summary_en": f"what is to settle at {pair}{number}",
        "summary_zh": f"对接点 {pair}{number} 的情况",
        "rules": "C01" if missing else None,
    }  # fmt: skip


def made_batch():
    """Return ``batch.json`` and the reports, four docking points each, and a pair that failed.

    Aligned are one, two and four; of the second pair one more waits for data.
    """
    pairs, reports = [], {}
    kinds = (("a 南 #1", 1, 0), ("b-half", 2, 1), ("c-all", 4, 0))
    for number, (name, aligned, waiting) in enumerate(kinds):
        lat = 30.0 + 0.1 * number
        line = {
            "type": "LineString",
            "coordinates": [[121.0, lat], [121.1, lat]],
        }
        pairs.append(
            {
                "pair": name, "status": "done", "names": [HOSTILE, f"north {number}"],
                "boundary": f"line {number}", "length_m": 9600.0, "attribution": None,
                "summary": summary(aligned, 4, waiting), "reason": None,
            }
        )  # fmt: skip
        verdicts = ["aligned"] * aligned + ["undetermined"] * waiting + ["missing"] * 4
        points = [
            point(number, k, verdict=verdict, lat=lat) for k, verdict in enumerate(verdicts[:4])
        ]
        reports[name] = {"boundary": {"geometry": line}, "docking_points": points}
    reason = {
        "kind": "input",
        "where": HOSTILE,
        "en": f"{HOSTILE}: not there\n  → look for it",
        "zh": f"{HOSTILE}：没有\n  → 去找",
    }
    failed = dict.fromkeys(("names", "boundary", "length_m", "attribution", "summary"))
    pairs.append({"pair": "d-broken", "status": "failed", **failed, "reason": reason})
    record = {
        "run": {"time": TIME, "version": "0.1.0"},
        "summary": summary(7, 12, 1),
        "pairs": pairs,
    }
    return record, reports
