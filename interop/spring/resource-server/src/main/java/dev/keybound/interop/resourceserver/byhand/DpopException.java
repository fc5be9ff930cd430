package dev.keybound.interop.resourceserver.byhand;

/** A refusal, as the challenge of RFC 9449 §7.1 says it. */
class DpopException extends RuntimeException {

	private final String error;

	DpopException(String error, String description) {
		super(description);
		this.error = error;
	}

	String challenge() {
		return "DPoP error=\"%s\", error_description=\"%s\", algs=\"ES256\"".formatted(this.error, getMessage());
	}

}
