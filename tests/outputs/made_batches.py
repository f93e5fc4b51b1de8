"""A batch made by hand: boundaries of known rates, one failure, names that attack what shows them."""

HOSTILE = '</script><img src=x onerror="document.title=1">'
TIME = "2026-03-01T04:05:06Z"


def summary(aligned, approaches, severe=0):
    rate = aligned / approaches
    part = {"approaches": approaches, "aligned": aligned, "rate": rate}
    return {
        "docking_rate": rate,
        "approaches": approaches,
        "aligned_approaches": aligned,
        "docking_rate_by_class": {"4": part},
        "verdicts": {"aligned": aligned, "missing": approaches - aligned},
        "severities": {"ok": approaches - severe, "severe": severe},
        "rules": {},
    }


def point(pair, number, *, missing, lat):
    return {
        "id": f"DP-{pair}{number}",
        "lat": lat,
        "lon": 121.0 + 0.01 * number,
        "chainage_m": 100.0 * number,
        "verdict": "missing" if missing else "aligned",
        "severity": "severe" if missing else "ok",
        "priority": 10.0 * number + pair if missing else None,
        "a_fid": ["1"], "a_ref": None, "a_name": f"Road {pair}{number}", "a_class_text": "primary",
        "b_fid": None if missing else ["2"], "b_ref": "S1", "b_name": HOSTILE, "b_class_text": None,
        "summary_en": f"what is to settle at {pair}{number}",
        "summary_zh": f"对接点 {pair}{number} 的情况",
        "rules": "C01" if missing else None,
    }  # fmt: skip


def made_batch():
    """Return ``batch.json`` and the reports: rates 1/4, 2/4 and 4/4, and a pair that failed."""
    pairs, reports = [], {}
    for number, (name, aligned) in enumerate((("a 南 #1", 1), ("b-half", 2), ("c-all", 4))):
        lat = 30.0 + 0.1 * number
        line = {
            "type": "LineString",
            "coordinates": [[121.0, lat], [121.1, lat]],
        }
        pairs.append(
            {
                "pair": name, "status": "done", "names": [HOSTILE, f"north {number}"],
                "boundary": f"line {number}", "length_m": 9600.0, "attribution": None,
                "summary": summary(aligned, 4, severe=4 - aligned), "reason": None,
            }
        )  # fmt: skip
        points = [point(number, k, missing=k >= aligned, lat=lat) for k in range(4)]
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
        "summary": summary(7, 12, severe=5),
        "pairs": pairs,
    }
    return record, reports
