/** Does what a browser does with the printed URL: spends the token and keeps the cookie. */
export async function signIn(url: string): Promise<{ origin: string; cookie: string }> {
  const answer = await fetch(url, { redirect: 'manual' });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0];
  if (answer.status !== 303 || !cookie) throw new Error(`no session: ${answer.status}`);
  return { origin: new URL(url).origin, cookie };
}
