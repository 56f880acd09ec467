import assert from "node:assert/strict";
import { test } from "node:test";
import { locate } from "../../../static/js/phone/locate.js";

/** A phone's geolocation, whose answers the test gives. */
const phone = () => ({
  cleared: 0,
  watchPosition(yes, no) {
    this.yes = (latitude, longitude, accuracy) => yes({ coords: { latitude, longitude, accuracy } });
    this.no = (code) => no({ code });
    return 7;
  },
  clearWatch() {
    this.cleared += 1;
  },
});

const asked = (geolocation, patience = 1_000) => {
  const got = { fixes: [], ends: 0 };
  got.stop = locate({ geolocation, patience, onFix: (fix) => got.fixes.push(fix), onEnd: () => (got.ends += 1) });
  return got;
};

test("a phone without a position service ends at once", async () => {
  const got = asked(null);
  await Promise.resolve();
  assert.equal(got.ends, 1);
});

test("no permission ends at once; not being found does not", () => {
  const device = phone();
  const got = asked(device);
  device.no(2);
  assert.equal(got.ends, 0);
  device.no(1);
  assert.equal(got.ends, 1);
  assert.equal(device.cleared, 1);
});

test("every fix is passed on until it is stopped, and then none", () => {
  const device = phone();
  const got = asked(device);
  device.yes(59.1, 15.1, 40);
  device.yes(59.2, 15.1, 8);
  got.stop();
  device.yes(59.3, 15.1, 3);
  device.no(1);
  assert.deepEqual(
    got.fixes.map((fix) => fix.accuracy),
    [40, 8],
  );
  assert.equal(got.ends, 0);
});

test("time runs out", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const device = phone();
  const got = asked(device, 20_000);
  t.mock.timers.tick(20_001);
  assert.equal(got.ends, 1);
  assert.equal(device.cleared, 1);
});
