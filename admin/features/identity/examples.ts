/**
 * What a site's own server does to vouch for whom it has signed in: one example a language, each with
 * nothing but what comes with it. docs/embed.md shows the same, and the test beside runs one.
 */

export type Example = { language: string; code(kid: string): string };

const NODE: Example = {
  language: 'Node',
  code: (kid) => `import { createHmac } from 'node:crypto';

const secret = process.env.FOYER_IDENTITY_SECRET;
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Says who is signed in on your site, for an hour. Call it for each page. */
export function foyerToken(user) {
  const head = part({ alg: 'HS256', typ: 'JWT', kid: '${kid}' });
  const body = part({
    sub: String(user.id),
    name: user.name,
    email: user.email,
    exp: Math.floor(Date.now() / 1000) + 3600,
  });
  const signature = createHmac('sha256', secret).update(\`\${head}.\${body}\`).digest('base64url');
  return \`\${head}.\${body}.\${signature}\`;
}
`,
};

const PHP: Example = {
  language: 'PHP',
  code: (kid) => `<?php
/** Says who is signed in on your site, for an hour. Call it for each page. */
function foyer_token(array $user): string
{
    $secret = getenv('FOYER_IDENTITY_SECRET');
    $base64 = fn (string $bytes) => rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    $part = fn (array $value) => $base64(json_encode($value));
    $head = $part(['alg' => 'HS256', 'typ' => 'JWT', 'kid' => '${kid}']);
    $body = $part([
        'sub' => (string) $user['id'],
        'name' => $user['name'],
        'email' => $user['email'],
        'exp' => time() + 3600,
    ]);
    return "$head.$body." . $base64(hash_hmac('sha256', "$head.$body", $secret, true));
}
`,
};

const PYTHON: Example = {
  language: 'Python',
  code: (kid) => `import base64, hashlib, hmac, json, os, time


def _base64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def foyer_token(user):
    """Says who is signed in on your site, for an hour. Call it for each page."""
    secret = os.environ["FOYER_IDENTITY_SECRET"].encode()
    head = {"alg": "HS256", "typ": "JWT", "kid": "${kid}"}
    body = {
        "sub": str(user["id"]),
        "name": user["name"],
        "email": user["email"],
        "exp": int(time.time()) + 3600,
    }
    signed = b".".join(_base64(json.dumps(part).encode()) for part in (head, body))
    signature = hmac.new(secret, signed, hashlib.sha256).digest()
    return (signed + b"." + _base64(signature)).decode()
`,
};

export const EXAMPLES: readonly Example[] = [NODE, PHP, PYTHON];

/** What the page then says; the same whatever the server is written in. */
export const PAGE_EXAMPLE = `<script>
  window.Foyer = window.Foyer || function () { (Foyer.q = Foyer.q || []).push(arguments); };
  Foyer('identify', { token: 'the token that your server made' });
</script>`;
