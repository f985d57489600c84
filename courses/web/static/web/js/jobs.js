// Loads the list of jobs again every few seconds while one of them is not done.

const list = document.querySelector("[data-refresh]");

async function refresh() {
  if (document.hidden) return;
  const response = await fetch(window.location.href, { credentials: "same-origin" });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-refresh]");
  if (fresh) document.querySelector("[data-refresh]").replaceWith(document.adoptNode(fresh));
}

if (list && list.querySelector("[data-open-job]")) {
  setInterval(() => refresh().catch(() => {}), Number(list.dataset.refresh) * 1000);
}
