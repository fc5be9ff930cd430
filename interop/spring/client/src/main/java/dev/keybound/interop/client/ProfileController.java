package dev.keybound.interop.client;

import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** The profile, as Keybound's API gives it: of the person who signs in, and of this program itself. */
@RestController
class ProfileController {

	private final RestClient resourceClient;

	private final KeyboundProperties keybound;

	ProfileController(RestClient resourceClient, KeyboundProperties keybound) {
		this.resourceClient = resourceClient;
		this.keybound = keybound;
	}

	@GetMapping("/profile")
	String ofThePerson(@RegisteredOAuth2AuthorizedClient("cli") OAuth2AuthorizedClient client) {
		return readProfile(client);
	}

	@GetMapping("/service")
	String ofThisProgram(@RegisteredOAuth2AuthorizedClient("service") OAuth2AuthorizedClient client) {
		return readProfile(client);
	}

	private String readProfile(OAuth2AuthorizedClient client) {
		return this.resourceClient.get()
			.uri(this.keybound.profile())
			.header(HttpHeaders.AUTHORIZATION, "DPoP " + client.getAccessToken().getTokenValue())
			.retrieve()
			.body(String.class);
	}

}
