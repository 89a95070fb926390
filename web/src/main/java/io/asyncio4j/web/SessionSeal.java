package io.asyncio4j.web;

import io.asyncio4j.web.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/// The writing of sessions into cookies, and their reading. Any thread.
///
/// A cookie is `content.signature`, both in base64url. The content is the time it was signed at, in
/// seconds since 1970 as 8 bytes, and the JSON. The signature is of the cookie's name and the
/// content, so that a cookie with another name that the same secret has signed is no session.
final class SessionSeal {
    private static final String ALGORITHM = "HmacSHA256";
    private static final TypeReference<LinkedHashMap<String, Object>> VALUES = new TypeReference<>() {};

    private final SecretKeySpec key;

    SessionSeal(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
        signature("", new byte[0]); // loads the algorithm, which takes long, before the loop runs
    }

    /// Returns the value of a cookie.
    String close(String name, byte[] json, Instant now) {
        byte[] content = ByteBuffer.allocate(Long.BYTES + json.length)
                .putLong(now.getEpochSecond())
                .put(json)
                .array();
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(content) + "." + base64.encodeToString(signature(name, content));
    }

    /// Returns the session of a cookie's value; an empty one if it was not made by [#close] with
    /// this name and secret, or too long ago.
    ///
    /// @param maxAge null for a value of any age
    Session open(String name, String value, Instant now, @Nullable Duration maxAge) {
        int dot = value.indexOf('.');
        byte[] content = decoded(dot < 0 ? "" : value.substring(0, dot));
        byte[] signature = decoded(value.substring(dot + 1));
        if (content.length < Long.BYTES || !MessageDigest.isEqual(signature, signature(name, content))) {
            return new Session();
        }
        Instant made = Instant.ofEpochSecond(ByteBuffer.wrap(content).getLong());
        if (maxAge != null && Duration.between(made, now).compareTo(maxAge) > 0) {
            return new Session();
        }
        return new Session(values(Arrays.copyOfRange(content, Long.BYTES, content.length)));
    }

    private static Map<String, Object> values(byte[] json) {
        try {
            return Json.own().readValue(json, VALUES);
        } catch (JacksonException other) {
            return new LinkedHashMap<>(); // signed by another program with this secret
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getUrlDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }

    private byte[] signature(String name, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(content);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, impossible);
        }
    }
}
