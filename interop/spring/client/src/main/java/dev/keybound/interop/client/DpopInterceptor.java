package dev.keybound.interop.client;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;

/**
 * Gives every request of a {@code RestClient} its own proof, keeps the nonce of each server, and sends once more what a server
 * refused for want of a nonce. Needs a request factory that buffers, since it reads the body of a refusal before its caller does.
 */
@Component
class DpopInterceptor implements ClientHttpRequestInterceptor {

	private static final String SCHEME = "DPoP ";

	private final DpopKey key;

	private final Map<String, String> nonces = new ConcurrentHashMap<>();

	DpopInterceptor(DpopKey key) {
		this.key = key;
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		String nonce = this.nonces.get(request.getURI().getAuthority());
		ClientHttpResponse response = send(request, body, execution, nonce);
		String next = this.nonces.get(request.getURI().getAuthority());
		if (Objects.equals(nonce, next) || !asksForNonce(response)) {
			return response;
		}
		response.close();
		return send(request, body, execution, next);
	}

	private ClientHttpResponse send(HttpRequest request, byte[] body, ClientHttpRequestExecution execution,
			String nonce) throws IOException {
		URI uri = request.getURI();
		HttpHeaders headers = request.getHeaders();
		headers.set("DPoP", this.key.proof(request.getMethod().name(), uri, accessToken(headers), nonce));
		ClientHttpResponse response = execution.execute(request, body);
		String next = response.getHeaders().getFirst("DPoP-Nonce");
		if (next != null) {
			this.nonces.put(uri.getAuthority(), next);
		}
		return response;
	}

	private static String accessToken(HttpHeaders headers) {
		String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
		return (authorization != null && authorization.startsWith(SCHEME)) ? authorization.substring(SCHEME.length())
				: null;
	}

	/** A resource says it in its challenge (RFC 9449 §9), an authorization server in its JSON (§8). */
	private static boolean asksForNonce(ClientHttpResponse response) throws IOException {
		return switch (response.getStatusCode().value()) {
			case 401 -> response.getHeaders()
				.getOrEmpty(HttpHeaders.WWW_AUTHENTICATE)
				.stream()
				.anyMatch((challenge) -> challenge.contains("error=\"use_dpop_nonce\""));
			case 400 -> new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8)
				.contains("\"use_dpop_nonce\"");
			default -> false;
		};
	}

}
