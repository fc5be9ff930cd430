package dev.keybound.interop.resourceserver.byhand;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers each used {@code jti} until its proof would be refused for its age anyway. In the memory of one process: a second
 * node knows nothing of it, and each proof pays for a walk over all. With several nodes, or much traffic, this is a Redis
 * {@code SET NX PX} or a unique row in a shared database.
 */
public class UsedProofs {

	private final Map<String, Instant> used = new ConcurrentHashMap<>();

	private final Clock clock;

	public UsedProofs(Clock clock) {
		this.clock = clock;
	}

	/** True exactly once per key and {@code jti} while the record lives. */
	public boolean remember(String thumbprint, String jti, Instant until) {
		Instant now = this.clock.instant();
		this.used.values().removeIf((end) -> end.isBefore(now));
		return this.used.putIfAbsent(thumbprint + '.' + jti, until) == null;
	}

}
