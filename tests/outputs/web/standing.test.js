import assert from "node:assert/strict";
import { test } from "node:test";

import { countStandings, standingOf, STANDINGS } from "../../../src/roadalign/outputs/web/src/shared/standing.js";

const terms = { open: ["missing", "mismatched", "ambiguous"], decided: ["agreed", "rejected"] };

test("a decision leaves a point open, and apart", () => {
  for (const verdict of terms.open) {
    assert.equal(standingOf({ verdict }, terms), "open");
    assert.equal(standingOf({ verdict, decision: null }, terms), "open");
    assert.equal(standingOf({ verdict, decision: "to_do" }, terms), "open");
    assert.equal(standingOf({ verdict, decision: "agreed" }, terms), "decided");
    assert.equal(standingOf({ verdict, decision: "rejected" }, terms), "decided");
  }
});

test("what is aligned or waits for data is so whatever was decided", () => {
  assert.equal(standingOf({ verdict: "aligned", decision: "agreed" }, terms), "aligned");
  assert.equal(standingOf({ verdict: "undetermined", decision: "agreed" }, terms), "waiting");
});

test("decided ones are counted among the open ones, waiting ones are not", () => {
  const points = [
    { verdict: "missing" }, { verdict: "mismatched", decision: "agreed" }, { verdict: "ambiguous", decision: "later" },
    { verdict: "undetermined" }, { verdict: "undetermined" }, { verdict: "aligned", decision: "agreed" },
  ];
  assert.deepEqual(countStandings(points, terms), { open: 3, decided: 1, waiting: 2, aligned: 1 });
  assert.deepEqual(countStandings([], terms), { open: 0, decided: 0, waiting: 0, aligned: 0 });
  for (const point of points) assert.ok(STANDINGS.includes(standingOf(point, terms)));
});
