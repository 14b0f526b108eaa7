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

async function register(options: any): Promise<unknown> {
  const made = (await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: named(options.excludeCredentials),
    },
  })) as PublicKeyCredential;
  const said = made.response as AuthenticatorAttestationResponse;
  return told(made, { attestationObject: text(said.attestationObject), transports: said.getTransports?.() ?? [] });
}

async function signIn(options: any): Promise<unknown> {
  const used = (await navigator.credentials.get({
    publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: named(options.allowCredentials) },
  })) as PublicKeyCredential;
  const said = used.response as AuthenticatorAssertionResponse;
  return told(used, {
    authenticatorData: text(said.authenticatorData),
    signature: text(said.signature),
    userHandle: text(said.userHandle),
  });
}

const told = (credential: PublicKeyCredential, response: object) => ({
  id: credential.id,
  rawId: text(credential.rawId),
  type: credential.type,
  clientExtensionResults: credential.getClientExtensionResults(),
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
