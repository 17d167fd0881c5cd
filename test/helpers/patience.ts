/** A test that waits longer than this waits for what does not come. */
export const patienceMs = 60_000;

// What Quern leaves out where its own parts are late is not what the tests are about, however busy the machine is.
process.env.QUERN_PATIENCE ??= "10";
