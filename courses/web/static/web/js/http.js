// Requests to our own server: adds the CSRF token, tells a refusal from a line that is down.

export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `HTTP ${status}`);
    this.status = status;
    this.code = problem.code || "";
    this.details = problem;
  }
}

export class LineDown extends Error {
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }
}

const RETRY_LATER = new Set([408, 425, 429, 500, 502, 503, 504]);

function csrfToken() {
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  return field ? field.value : "";
}

export async function request(method, url, { body, key, timeout = 15000 } = {}) {
  const headers = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRFToken"] = csrfToken();
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  let response;
  try {
    response = await fetch(url, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      signal: AbortSignal.timeout(timeout),
    });
  } catch (error) {
    throw new LineDown(error.message);
  }
  if (RETRY_LATER.has(response.status)) throw new LineDown(`HTTP ${response.status}`, response.status);
  const text = await response.text();
  let data = {};
  try {
    data = text ? JSON.parse(text) : {};
  } catch {
    // Not what our server says: a portal or a proxy answered in its place.
    throw new LineDown("not JSON");
  }
  if (!response.ok) throw new Refused(response.status, data);
  return data;
}
