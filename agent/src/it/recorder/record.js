// node record.js SESSION BASE OUT.har: what somebody does in a real Chromium, as its network sees it.
// The name and the password are PROBE_USER and PROBE_PASSWORD.
import { createRequire } from "node:module";

const installed = new URL("../../../target/it/recorder/", import.meta.url);
const { chromium } = createRequire(installed)("playwright-core");

const [session, base, path] = process.argv.slice(2);
const { walk } = await import(`./sessions/${session}.js`);
const who = { user: process.env.PROBE_USER, password: process.env.PROBE_PASSWORD };

const limit = 120_000; // more than the slowest machine needs
const browser = await chromium.launch({
  timeout: limit,
  executablePath: "/usr/bin/chromium",
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
try {
  const context = await browser.newContext({ baseURL: base, recordHar: { path, content: "embed" } });
  context.setDefaultTimeout(limit);
  await walk(await context.newPage(), who);
  await context.close();
} finally {
  await browser.close();
}
