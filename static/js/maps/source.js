// Asks the server for what lies in the view: one question at a time, the latest wins.

/** @typedef {import("./scene.js").Answer} Answer */

/** The server said no, in a sentence for the person. */
export class Refused extends Error {}

export class Source {
  /** @param {string} url */
  constructor(url) {
    this.url = url;
    /** @type {AbortController | undefined} */
    this.running = undefined;
  }

  /**
   * @param {string} question a query string
   * @returns {Promise<Answer | null>} null when a later question has taken over
   */
  async ask(question) {
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    try {
      const response = await fetch(`${this.url}?${question}`, {
        headers: { Accept: "application/geo+json, application/json" },
        signal: running.signal,
      });
      const body = await response.json();
      if (!response.ok) throw new Refused(body.detail);
      return body;
    } catch (error) {
      if (running.signal.aborted) return null;
      throw error;
    }
  }
}
