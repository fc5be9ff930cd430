package dev.keybound.interop.resourceserver;

import java.util.Map;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ProfileController {

	@GetMapping({ "/api/profile", "/shared/profile", "/by-hand/profile" })
	Map<String, Object> profile(@AuthenticationPrincipal Jwt token) {
		return Map.of("sub", token.getSubject(), "client_id", token.getClaimAsString("client_id"));
	}

}
