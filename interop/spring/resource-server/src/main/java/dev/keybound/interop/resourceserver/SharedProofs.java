package dev.keybound.interop.resourceserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.cache.support.NoOpCache;
import org.springframework.cache.support.SimpleValueWrapper;

/**
 * Used proofs, one file each in a folder that several nodes share. {@link #putIfAbsent} is all that
 * {@code DPoPProofReplayValidator} asks of a cache; the file system makes it succeed once, whoever comes first. Nothing is
 * deleted here: a product takes a store whose entries expire, such as Redis.
 */
class SharedProofs extends NoOpCache {

	private final Path folder;

	SharedProofs(Path folder) {
		super("shared proofs");
		this.folder = folder;
	}

	/** The key is the base64url hash of a {@code jti}, which makes a file name. */
	@Override
	public ValueWrapper putIfAbsent(Object key, Object value) {
		try {
			Files.createDirectories(this.folder);
			Files.createFile(this.folder.resolve(key.toString()));
			return null;
		}
		catch (FileAlreadyExistsException ex) {
			return new SimpleValueWrapper(value);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
