// <entente-passkey mode="sign-in|register">: a button that speaks WebAuthn with the server.
// The words it says come from the page (data-*), so that they are translated there.

const ADDRESS = { "sign-in": "/sign-in/passkey", register: "/me/passkeys" } as const;
type Mode = keyof typeof ADDRESS;

const bytes = (text: string): ArrayBuffer =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0)).buffer;

const text = (buffer: ArrayBuffer | null): string | null =>
  buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function ask(address: string, body: unknown): Promise<any> {
  const answer = await fetch(address, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", Accept: "application/json, application/problem+json" },
    body: JSON.stringify(body),
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error([told.title, told.detail, told.do].filter(Boolean).join(" "));
  return told;
}

const named = (list: any[] | undefined) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

// PRF: a secret that only this passkey gives this house, by which the bureau's key is locked.
const asking = (extensions: any) =>
  extensions?.prf && { ...extensions, prf: { eval: { first: bytes(extensions.prf.eval.first) } } };

const secretOf = (credential: PublicKeyCredential): string | null =>
  text((credential.getClientExtensionResults() as any).prf?.results?.first ?? null);

// Some authenticators give the secret only when the passkey is used: then it is used once, at once. The
// challenge is nobody's, for nothing is proved by this; who will not touch his key again has one that waits.
async function secretOfNew(made: PublicKeyCredential, options: any): Promise<string | null> {
  if (secretOf(made) || !(made.getClientExtensionResults() as any).prf?.enabled) return secretOf(made);
  const publicKey = {
    challenge: crypto.getRandomValues(new Uint8Array(32)),
    rpId: options.rp.id,
    allowCredentials: [{ type: "public-key" as const, id: made.rawId }],
    userVerification: "required" as const,
    extensions: asking(options.extensions),
  };
  const used = await navigator.credentials.get({ publicKey }).catch(() => null);
  return used && secretOf(used as PublicKeyCredential);
}

async function register(options: any): Promise<unknown> {
  const made = (await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: named(options.excludeCredentials),
      extensions: asking(options.extensions),
    },
  })) as PublicKeyCredential;
  const said = made.response as AuthenticatorAttestationResponse;
  const response = { attestationObject: text(said.attestationObject), transports: said.getTransports?.() ?? [] };
  return told(made, response, await secretOfNew(made, options));
}

async function signIn(options: any): Promise<unknown> {
  const used = (await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: named(options.allowCredentials),
      extensions: asking(options.extensions),
    },
  })) as PublicKeyCredential;
  const said = used.response as AuthenticatorAssertionResponse;
  const response = {
    authenticatorData: text(said.authenticatorData),
    signature: text(said.signature),
    userHandle: text(said.userHandle),
  };
  return told(used, response, secretOf(used));
}

const told = (credential: PublicKeyCredential, response: object, secret: string | null) => ({
  id: credential.id,
  rawId: text(credential.rawId),
  type: credential.type,
  clientExtensionResults: secret ? { prf: { results: { first: secret } } } : {},
  response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
});

class Passkey extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    const status = this.querySelector<HTMLElement>("[role=status]");
    if (!button || !status) return;
    if (!window.PublicKeyCredential) {
      status.textContent = this.dataset.unsupported ?? "";
      return;
    }
    button.hidden = false;
    button.addEventListener("click", () => void this.run(button, status));
  }

  private async run(button: HTMLButtonElement, status: HTMLElement): Promise<void> {
    const mode: Mode = this.getAttribute("mode") === "register" ? "register" : "sign-in";
    button.disabled = true;
    status.textContent = this.dataset.waiting ?? "";
    try {
      const { publicKey, ...rest } = await ask(`${ADDRESS[mode]}/options`, {});
      const options = publicKey ?? rest;
      const credential = mode === "register" ? await register(options) : await signIn(options);
      await ask(`${ADDRESS[mode]}/verify`, credential);
      const next = this.dataset.next ?? "/";
      location.assign(/^\/(?![/\\])/.test(next) ? next : "/");
    } catch (error) {
      const refused = error instanceof DOMException;
      status.textContent = refused ? (this.dataset.failed ?? "") : (error as Error).message;
      button.disabled = false;
    }
  }
}

customElements.define("entente-passkey", Passkey);

export {};
