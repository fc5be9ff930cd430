#!/usr/bin/env bash
# DPoP (RFC 9449) with curl and openssl alone: pushes an authorization request, waits for a person to sign in, redeems the code, reads
# the profile and refreshes. Run `npm start` first, then: bash interop/clients/curl-openssl.sh
set -euo pipefail

issuer=${1:-http://localhost:4000}
profile_url=${2:-http://localhost:4001/api/profile}
redirect_uri=http://127.0.0.1:49160/callback # nobody listens there: the address bar is what counts

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 077

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
sha256() { openssl dgst -sha256 -binary | base64url; }
json() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" "$work/body"; }

# The key, and its public half as a JWK in the one spelling that has a thumbprint (RFC 7638).
openssl ecparam -name prime256v1 -genkey -noout -out "$work/key.pem"
point() { openssl ec -in "$work/key.pem" -pubout -outform DER 2>/dev/null | tail -c 64; }
jwk=$(printf '{"crv":"P-256","kty":"EC","x":"%s","y":"%s"}' "$(point | head -c 32 | base64url)" "$(point | tail -c 32 | base64url)")
echo "Key: $(printf %s "$jwk" | sha256)"

# ES256 is r and s, 32 octets each; openssl writes them as two integers in DER.
sign() {
  openssl dgst -sha256 -sign "$work/key.pem" | openssl asn1parse -inform DER |
    sed -n 's/.*INTEGER *:\(.*\)/\1/p' | while read -r integer; do printf '%64s' "$integer" | tr ' ' 0; done |
    sed 's/../\\x&/g' | { read -r escaped || true; printf "$escaped"; } | base64url
}

# proof METHOD URL [TOKEN]: a new one for every request.
proof() {
  local nonce ath=''
  nonce=$(cat "$(nonce_file "$2")" 2>/dev/null || true)
  [ -z "${3:-}" ] || ath=$(printf %s "$3" | sha256)
  local header claims
  header=$(printf '{"typ":"dpop+jwt","alg":"ES256","jwk":%s}' "$jwk" | base64url)
  claims=$(printf '{"jti":"%s","htm":"%s","htu":"%s","iat":%s%s%s}' "$(openssl rand -hex 16)" "$1" "$2" "$(date +%s)" \
    "${ath:+,\"ath\":\"$ath\"}" "${nonce:+,\"nonce\":\"$nonce\"}" | base64url)
  printf '%s.%s.%s' "$header" "$claims" "$(printf '%s.%s' "$header" "$claims" | sign)"
}

# Each server has nonces of its own.
nonce_file() { printf '%s/nonce-%s' "$work" "$(printf %s "$1" | cut -d/ -f3 | tr -c 'A-Za-z0-9\n' _)"; }

# request METHOD URL TOKEN [curl's arguments]: once more when the server asks for a nonce. The answer is in $work/body.
request() {
  local method=$1 url=$2 token=$3 status try
  shift 3
  for try in 1 2; do
    # In a file, because arguments are seen by everybody on the machine.
    printf 'DPoP: %s\n%s\n' "$(proof "$method" "$url" "$token")" "${token:+Authorization: DPoP $token}" >"$work/request"
    status=$(curl -sS -X "$method" "$url" -H "@$work/request" \
      -D "$work/headers" -o "$work/body" -w '%{http_code}' "$@")
    sed -n 's/^dpop-nonce: *\([^[:space:]]*\).*/\1/Ip' "$work/headers" | grep . >"$work/nonce" && mv "$work/nonce" "$(nonce_file "$url")"
    grep -q use_dpop_nonce "$work/headers" "$work/body" || break
  done
  echo "$method $url: $status"
  case $status in 2*) ;; *) cat "$work/body" >&2; exit 1 ;; esac
}

curl -sS -f "$issuer/.well-known/openid-configuration" -o "$work/body"
authorization_endpoint=$(json authorization_endpoint)
token_endpoint=$(json token_endpoint)
par_endpoint=$(json pushed_authorization_request_endpoint)

code_verifier=$(openssl rand 32 | base64url)
state=$(openssl rand 16 | base64url)
request POST "$par_endpoint" '' -d client_id=cli -d response_type=code --data-urlencode "redirect_uri=$redirect_uri" \
  -d 'scope=profile offline_access' -d "state=$state" -d code_challenge_method=S256 -d "code_challenge=$(printf %s "$code_verifier" | sha256)"

echo "Open: $authorization_endpoint?client_id=cli&request_uri=$(json request_uri | sed 's/:/%3A/g')"
echo 'Sign in, then paste the address that the browser ends at:'
read -r answer
parameter() { printf '%s' "$answer" | sed -n "s/.*[?&]$1=\([^&]*\).*/\1/p"; }
[ "$(parameter state)" = "$state" ] || { echo 'The answer belongs to another request (state)' >&2; exit 1; }

request POST "$token_endpoint" '' -d client_id=cli -d grant_type=authorization_code --data-urlencode "redirect_uri=$redirect_uri" \
  -d "code=$(parameter code)" -d "code_verifier=$code_verifier"
[ "$(json token_type)" = DPoP ] || { echo 'The token is not bound' >&2; exit 1; }
printf %s "$(json refresh_token)" >"$work/refresh_token"

request GET "$profile_url" "$(json access_token)"
echo "Profile: $(cat "$work/body")"

request POST "$token_endpoint" '' -d client_id=cli -d grant_type=refresh_token --data-urlencode "refresh_token@$work/refresh_token"
