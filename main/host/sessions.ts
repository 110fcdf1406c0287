/**
 * Who may speak to the loopback host.
 *
 * The printed URL carries a token in its query. The first request with it gets a session in a cookie and is sent on to
 * the plain page; the token is then spent, so that a URL in a shell history or a process list opens nothing. A cookie,
 * not `sessionStorage`, because it is out of every script's reach (HttpOnly), travels with blobs, uploads and the
 * WebSocket by itself, never leaves for another site (SameSite=Strict), and survives a reload of the page.
 *
 * Cookies do not tell ports apart, so the name holds the port, and what another page on this machine could send with
 * our cookie is refused by its Origin and Sec-Fetch-Site headers.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const secret = (): string => randomBytes(32).toString('base64url');
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
/** Equal, in a time that does not depend on how much of it is. */
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

export class Sessions {
  readonly #tokens = new Set<string>();
  readonly #sessions = new Set<string>();

  /** A new token, good for one exchange. */
  issueToken(): string {
    const token = secret();
    this.#tokens.add(token);
    return token;
  }

  /** The session that the token buys, or null when it is unknown or spent. */
  exchange(token: string): string | null {
    for (const known of this.#tokens) {
      if (!same(known, token)) continue;
      this.#tokens.delete(known);
      const session = secret();
      this.#sessions.add(session);
      return session;
    }
    return null;
  }

  isSession(session: string | null): boolean {
    return session !== null && [...this.#sessions].some((known) => same(known, session));
  }
}

const cookieName = (port: number): string => `artificer-${port}`;

export const sessionCookie = (port: number, session: string): string =>
  `${cookieName(port)}=${session}; Path=/; HttpOnly; SameSite=Strict`;

export function sessionOf(port: number, cookieHeader: string | undefined): string | null {
  for (const part of (cookieHeader ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === cookieName(port) && value) return value;
  }
  return null;
}
