import assert from "node:assert/strict";
import { test } from "node:test";

import { laneWidth, sectionParts, sumOf } from "../../../src/roadalign/outputs/web/src/map/section_parts.js";

const STANDARD = {
  urban: ["主干", "street"],
  lane: {
    highway: [{ up_to_kmh: 30, width_m: 3.25 }, { up_to_kmh: 60, width_m: 3.5 }, { up_to_kmh: 120, width_m: 3.75 }],
    urban: [{ up_to_kmh: 60, width_m: 3.5 }, { up_to_kmh: 100, width_m: 3.75 }],
  },
  lane_by_rank: { highway: { width_m: { 2: 3.25, 3: 3.5, 6: 3.75 } }, urban: { width_m: { 2: 3.5, 3: 3.5 } } },
  slow_lane: { width_m: 2.5 },
  median: { from_rank: 4, from_lanes: 4, width_m: 2 },
};
const point = (values) => Object.fromEntries(Object.entries(values).map(([key, value]) => [`a_${key}`, value]));
const parts = (values) => sectionParts(point(values), "a", STANDARD);

test("a lane is as wide as its design speed wants, else as its rank", () => {
  assert.equal(laneWidth(point({ design_speed_kmh: 60 }), "a", STANDARD), 3.5);
  assert.equal(laneWidth(point({ design_speed_kmh: 61 }), "a", STANDARD), 3.75);
  assert.equal(laneWidth(point({ design_speed_kmh: 999 }), "a", STANDARD), 3.75);
  assert.equal(laneWidth(point({ road_class: 6 }), "a", STANDARD), 3.75);
  assert.equal(laneWidth(point({}), "a", STANDARD), 3.5);
});

test("a lane of an urban road is as wide as CJJ 37 says, by the words of its class", () => {
  const width = (values) => laneWidth(point(values), "a", STANDARD);
  assert.equal(width({ design_speed_kmh: 30 }), 3.25);
  assert.equal(width({ design_speed_kmh: 30, class_text: "二级公路" }), 3.25);
  assert.equal(width({ design_speed_kmh: 30, class_text: "主干路" }), 3.5);
  assert.equal(width({ design_speed_kmh: 80, class_text: "Main Street" }), 3.75);
  assert.equal(width({ road_class: 2, class_text: "Street" }), 3.5);
  assert.equal(width({ road_class: 2 }), 3.25);
});

test("without a stated width all is assumed", () => {
  const made = parts({ lanes: 2 });
  assert.deepEqual(made.parts.map(({ kind, width, stated }) => [kind, width, stated]), [["lane", 3.5, false], ["lane", 3.5, false]]);
});

test("a stated carriageway is filled to its whole width", () => {
  for (const values of [{ lanes: 2, carriageway_m: 9 }, { lanes: 2, carriageway_m: 6 }, { lanes: 4, road_class: 6, carriageway_m: 24 }]) {
    assert.ok(Math.abs(sumOf(parts(values).parts) - values.carriageway_m) < 1e-9);
  }
});

test("slow lanes that do not fit inside lie beside the carriageway", () => {
  const made = parts({ lanes: 2, slow_lanes: 2, carriageway_m: 7 });
  assert.deepEqual(made.parts.map((part) => part.kind), ["slow", "lane", "lane", "slow"]);
  assert.equal(sumOf(made.parts), 7 + 2 * 2.5);
});

test("a median only where there is room for it", () => {
  assert.ok(parts({ lanes: 4, road_class: 6, carriageway_m: 17 }).parts.some((part) => part.kind === "median"));
  assert.ok(!parts({ lanes: 4, road_class: 6, carriageway_m: 15.5 }).parts.some((part) => part.kind === "median"));
});

test("a median that is stated is drawn as wide as it is stated", () => {
  const made = parts({ lanes: 4, road_class: 3, median_m: 3, carriageway_m: 17 });
  assert.deepEqual(made.parts.filter((part) => part.kind === "median"), [{ kind: "median", width: 3, stated: true }]);
  assert.ok(Math.abs(sumOf(made.parts) - 17) < 1e-9);
  assert.equal(made.lane, 3.5);
});

test("nothing stated, nothing drawn", () => {
  assert.deepEqual(parts({}).parts, []);
  assert.deepEqual(parts({ carriageway_m: 8 }).parts, [{ kind: "paving", width: 8, stated: true }]);
});
