import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpServer;

/**
 * DPoP (RFC 9449) with the JDK alone: the public client {@code cli} gets a bound token over PAR and the code grant, reads the
 * profile and refreshes. Run {@code npm start} first, then {@code java DpopClient.java [issuer] [profile URL]}.
 */
public class DpopClient {

	private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

	private final HttpClient http = HttpClient.newHttpClient();

	private final Map<String, String> nonces = new HashMap<>();

	private final KeyPair keyPair;

	private final String jwk;

	DpopClient() throws GeneralSecurityException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
		generator.initialize(new ECGenParameterSpec("secp256r1"));
		this.keyPair = generator.generateKeyPair();
		var point = ((ECPublicKey) this.keyPair.getPublic()).getW();
		// The members in the order of their names, without a space: its hash is the thumbprint of RFC 7638.
		this.jwk = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}".formatted(coordinate(point.getAffineX()),
				coordinate(point.getAffineY()));
	}

	public static void main(String[] args) throws Exception {
		String issuer = (args.length > 0) ? args[0] : "http://localhost:4000";
		String profile = (args.length > 1) ? args[1] : "http://localhost:4001/api/profile";
		new DpopClient().run(issuer, profile);
	}

	private void run(String issuer, String profile) throws Exception {
		System.out.println("Key: " + sha256(this.jwk));
		HttpRequest discovery = HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration")).build();
		String metadata = this.http.send(discovery, BodyHandlers.ofString()).body();
		String tokenEndpoint = text(metadata, "token_endpoint");

		Callback callback = Callback.listen();
		String codeVerifier = random();
		String state = random();
		String pushed = post(text(metadata, "pushed_authorization_request_endpoint"),
				Map.of("client_id", "cli", "response_type", "code", "redirect_uri", callback.uri(), "scope",
						"profile offline_access", "state", state, "code_challenge", sha256(codeVerifier),
						"code_challenge_method", "S256"));
		System.out.println("Open: " + text(metadata, "authorization_endpoint") + "?"
				+ form(Map.of("client_id", "cli", "request_uri", text(pushed, "request_uri"))));

		Map<String, String> answer = callback.answer().join();
		require(state.equals(answer.get("state")), "the answer belongs to another request (state)");
		require(issuer.equals(answer.get("iss")), "the answer comes from another issuer (iss)");
		String tokens = post(tokenEndpoint, Map.of("client_id", "cli", "grant_type", "authorization_code", "code",
				answer.get("code"), "redirect_uri", callback.uri(), "code_verifier", codeVerifier));
		require("DPoP".equals(text(tokens, "token_type")), "the token is not bound");

		System.out.println("Profile: " + send("GET", profile, null, text(tokens, "access_token")));
		post(tokenEndpoint, Map.of("client_id", "cli", "grant_type", "refresh_token", "refresh_token",
				text(tokens, "refresh_token")));
	}

	private String post(String url, Map<String, String> fields) throws Exception {
		return send("POST", url, form(fields), null);
	}

	/** With a proof, and once more with a new one when the server asks for a nonce (RFC 9449 §8, §9). */
	private String send(String method, String url, String form, String accessToken) throws Exception {
		HttpResponse<String> response = sendOnce(method, url, form, accessToken);
		String challenge = response.headers().firstValue("WWW-Authenticate").orElse("");
		if (response.statusCode() >= 400 && (challenge + response.body()).contains("\"use_dpop_nonce\"")) {
			response = sendOnce(method, url, form, accessToken);
		}
		System.out.println(method + " " + url + ": " + response.statusCode());
		require(response.statusCode() < 300, response.body());
		return response.body();
	}

	private HttpResponse<String> sendOnce(String method, String url, String form, String accessToken) throws Exception {
		URI uri = URI.create(url);
		HttpRequest.Builder request = HttpRequest.newBuilder(uri)
			.header("DPoP", proof(method, url, accessToken, this.nonces.get(uri.getAuthority())))
			.method(method, (form != null) ? BodyPublishers.ofString(form) : BodyPublishers.noBody());
		if (form != null) {
			request.header("Content-Type", "application/x-www-form-urlencoded");
		}
		if (accessToken != null) {
			request.header("Authorization", "DPoP " + accessToken);
		}
		HttpResponse<String> response = this.http.send(request.build(), BodyHandlers.ofString());
		response.headers().firstValue("DPoP-Nonce").ifPresent((nonce) -> this.nonces.put(uri.getAuthority(), nonce));
		return response;
	}

	/** RFC 9449 §4.2. */
	private String proof(String method, String url, String accessToken, String nonce) throws GeneralSecurityException {
		String header = "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":%s}".formatted(this.jwk);
		String claims = "{\"jti\":\"%s\",\"htm\":\"%s\",\"htu\":\"%s\",\"iat\":%d%s%s}".formatted(UUID.randomUUID(), method,
				url, Instant.now().getEpochSecond(),
				(accessToken != null) ? ",\"ath\":\"%s\"".formatted(sha256(accessToken)) : "",
				(nonce != null) ? ",\"nonce\":\"%s\"".formatted(nonce) : "");
		String signingInput = base64url(header.getBytes(StandardCharsets.UTF_8)) + "."
				+ base64url(claims.getBytes(StandardCharsets.UTF_8));
		// Not DER: JWS wants r and s, 32 octets each.
		Signature es256 = Signature.getInstance("SHA256withECDSAinP1363Format");
		es256.initSign(this.keyPair.getPrivate());
		es256.update(signingInput.getBytes(StandardCharsets.US_ASCII));
		return signingInput + "." + base64url(es256.sign());
	}

	/** Where the browser comes back to: a free port of loopback (RFC 8252 §7.3), for one answer. */
	private record Callback(String uri, CompletableFuture<Map<String, String>> answer) {

		static Callback listen() throws IOException {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			CompletableFuture<Map<String, String>> answer = new CompletableFuture<>();
			server.createContext("/callback", (exchange) -> {
				byte[] page = "You may close this page.".getBytes(StandardCharsets.UTF_8);
				exchange.sendResponseHeaders(200, page.length);
				exchange.getResponseBody().write(page);
				exchange.close();
				answer.complete(parameters(exchange.getRequestURI().getRawQuery()));
				server.stop(0);
			});
			server.start();
			return new Callback("http://127.0.0.1:" + server.getAddress().getPort() + "/callback", answer);
		}

		private static Map<String, String> parameters(String query) {
			Map<String, String> parameters = new LinkedHashMap<>();
			for (String pair : query.split("&")) {
				String[] parts = pair.split("=", 2);
				parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
			}
			return parameters;
		}

	}

	private static String form(Map<String, String> fields) {
		return fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
	}

	/** The JDK has no JSON; of these documents only members that are plain text are needed. */
	private static String text(String json, String name) {
		Matcher member = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"\\\\]*)\"").matcher(json);
		require(member.find(), name + " is missing in " + json.length() + " characters of JSON");
		return member.group(1);
	}

	/** 32 octets, whatever the number. */
	private static String coordinate(BigInteger number) {
		byte[] octets = number.toByteArray();
		byte[] padded = new byte[32];
		int length = Math.min(octets.length, 32);
		System.arraycopy(octets, octets.length - length, padded, 32 - length, length);
		return base64url(padded);
	}

	private static String sha256(String ascii) throws GeneralSecurityException {
		return base64url(MessageDigest.getInstance("SHA-256").digest(ascii.getBytes(StandardCharsets.US_ASCII)));
	}

	private static String random() {
		byte[] octets = new byte[32];
		new SecureRandom().nextBytes(octets);
		return base64url(octets);
	}

	private static String base64url(byte[] octets) {
		return BASE64URL.encodeToString(octets);
	}

	private static void require(boolean condition, String otherwise) {
		if (!condition) {
			throw new IllegalStateException(otherwise);
		}
	}

}
