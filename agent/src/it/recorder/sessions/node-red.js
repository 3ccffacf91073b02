// Node-RED's editor: log in, import a flow, deploy it, log out.
const flow = [{ id: "5f1c0c0c0c0c0c01", type: "tab", label: "Orders" }];

export async function walk(page, { user, password }) {
  await page.goto("/");
  await page.locator("#node-dialog-login-username").fill(user);
  await page.locator("#node-dialog-login-password").fill(password);
  await page.locator("#node-dialog-login-submit").click();
  await page.locator("#red-ui-header-button-deploy").waitFor();

  await page.locator("#red-ui-workspace-chart").click();
  await page.keyboard.press("Control+i");
  await page.locator("#red-ui-clipboard-dialog-import-text").fill(JSON.stringify(flow));
  await page.locator("#red-ui-clipboard-dialog-ok").click();
  const deployed = page.waitForResponse(
    (answer) => answer.request().method() === "POST" && new URL(answer.url()).pathname === "/flows",
  );
  await page.locator("#red-ui-header-button-deploy").click();
  await deployed; // What says so on the page soon goes away.

  await page.locator("#red-ui-header-button-user").click();
  await page.getByText("Logout", { exact: true }).click();
  await page.locator("#node-dialog-login-username").waitFor();
}
