import assert from "node:assert/strict";
import { test } from "node:test";

import {
  cleanEntry, faultOf, isDay, isMoment, isNoted, MOST_ELSEWHERE, newerOf, parsedEntries, roomElsewhere, sortOut, turnedRound,
} from "../../../src/roadalign/outputs/web/src/map/minutes_format.js";

const RULES = { decisions: ["agreed", "later"], stages: ["decision"], longest: { responsible_a: 200, responsible_b: 200, note: 4000 } };
const entry = (changes = {}) => ({
  id: "DP-AB12", decision: "agreed", stage: null, responsible_a: "A", responsible_b: "B", due: null, note: "",
  updated: "2026-03-01T10:00:00Z", chainage_m: 12.5, lon: 121, lat: 30.8, roads: ["S1", "S2"], ...changes,
});
const fault = (changes) => faultOf(entry(changes), RULES);
const sorted = (entries, kept, { has = () => true, room = () => true } = {}) => {
  const here = new Map(kept.map((one) => [one.id, one]));
  return sortOut(entries, { here: (id) => here.get(id), hasPoint: has, hasRoom: room });
};

test("an entry as it should be has no fault", () => {
  assert.equal(fault({}), "");
});

test("the fault is named by its field", () => {
  const wrong = {
    id: "DP-1", decision: "constructor", stage: "__proto__", due: "2026-02-30", updated: "yesterday", roads: ["S1"],
    chainage_m: Infinity, lon: 181, lat: "30", note: 7, responsible_a: null,
  };
  for (const [field, value] of Object.entries(wrong)) assert.equal(fault({ [field]: value }), field);
});

test("what is no entry is none", () => {
  for (const one of [null, undefined, 1, "x", [], [entry()]]) assert.equal(faultOf(one, RULES), "{}");
});

test("texts as long as may be, and one letter longer", () => {
  assert.equal(fault({ note: "x".repeat(4000), responsible_b: "x".repeat(200) }), "");
  assert.equal(fault({ note: "x".repeat(4001) }), "note");
  assert.equal(fault({ responsible_b: "x".repeat(201) }), "responsible_b");
  assert.equal(fault({ roads: ["x".repeat(1001), ""] }), "roads");
});

test("days and moments: only such as there are, within two centuries", () => {
  assert.ok(isDay("2028-02-29"));
  for (const day of ["2027-02-29", "2027-2-1", "", 20270201]) assert.ok(!isDay(day));
  assert.ok(isMoment("2199-12-31T23:59:59.999Z"));
  for (const moment of ["2200-01-01T00:00:00Z", "1899-12-31T23:59:59Z", "2026-01-01T00:00:00", "2026-01-01T25:00:00Z"]) assert.ok(!isMoment(moment));
});

test("hostile keys of an entry go nowhere", () => {
  const hostile = JSON.parse(`{"__proto__": {"polluted": 1}, "constructor": 2, "extra": 3, ${JSON.stringify(entry()).slice(1)}`);
  const clean = cleanEntry(hostile);
  assert.deepEqual(Object.keys(clean).sort(), Object.keys(entry()).sort());
  assert.equal({}.polluted, undefined);
  assert.equal(clean.polluted, undefined);
});

test("what is kept may be anything", () => {
  assert.deepEqual(parsedEntries("[1]"), [1]);
  for (const text of ["{", "7", "null", '{"a": 1}']) assert.deepEqual(parsedEntries(text), [null]);
});

test("the newer of two entries counts, and the own one of two as old", () => {
  const [old, young] = [entry(), entry({ updated: "2026-03-02T10:00:00Z" })];
  assert.equal(newerOf(old, young), young);
  assert.equal(newerOf(young, old), young);
  const twin = entry();
  assert.equal(newerOf(old, twin), old);
  assert.equal(newerOf(undefined, old), old);
  assert.equal(newerOf(undefined, undefined), undefined);
});

test("an entry is noted if anything is written in it", () => {
  assert.ok(!isNoted(undefined) && !isNoted(entry({ decision: null, responsible_a: "", responsible_b: "" })));
  assert.ok(isNoted(entry()));
});

test("a file: new, the same, newer and older entries", () => {
  const kept = [entry({ id: "DP-SAME" }), entry({ id: "DP-OLDR" }), entry({ id: "DP-NEWR" })];
  const found = sorted([
    entry({ id: "DP-NEW1" }), entry({ id: "DP-SAME" }),
    entry({ id: "DP-OLDR", note: "x", updated: "2026-03-05T10:00:00Z" }),
    entry({ id: "DP-NEWR", note: "x", updated: "2026-02-01T10:00:00Z" }),
  ], kept);
  assert.deepEqual(found.changes.map(([id]) => id), ["DP-NEW1", "DP-OLDR"]);
  assert.deepEqual(found.differed, [{ id: "DP-OLDR", newer: true }, { id: "DP-NEWR", newer: false }]);
  assert.deepEqual([found.added, found.same, found.unknown, found.left], [1, 1, 0, 0]);
});

test("an entry of a point that the map does not have needs room", () => {
  const has = (id) => id === "DP-HERE";
  const found = sorted([entry({ id: "DP-HERE" }), entry({ id: "DP-AWAY" })], [], { has, room: () => false });
  assert.deepEqual(found.changes.map(([id]) => id), ["DP-HERE"]);
  assert.deepEqual([found.left, found.unknown], [1, 0]);
});

test("there is room for so many entries, and for so many letters", () => {
  const room = roomElsewhere([]);
  const taken = Array.from({ length: MOST_ELSEWHERE + 1 }, (_, i) => room(entry({ id: `DP-${1000 + i}` })));
  assert.equal(taken.filter(Boolean).length, MOST_ELSEWHERE);
  assert.ok(!taken[MOST_ELSEWHERE]);
  assert.ok(room(entry({ id: "DP-1000" }))); // already counted
  const wide = roomElsewhere([]);
  const large = Array.from({ length: 400 }, (_, i) => wide(entry({ id: `DP-${1000 + i}`, note: "x".repeat(4000) })));
  const count = large.filter(Boolean).length;
  assert.ok(count > 200 && count * 4000 < 1e6);
});

test("a file of the two sides the other way round", () => {
  const turned = turnedRound(entry());
  assert.deepEqual([turned.responsible_a, turned.responsible_b, turned.roads], ["B", "A", ["S2", "S1"]]);
});
