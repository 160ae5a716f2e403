// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcDirection;
import io.rpcenv.RpcEndpointNotFoundException;
import io.rpcenv.RpcEndpointStoppedException;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcException;
import io.rpcenv.RpcMessageTooLargeException;
import io.rpcenv.RpcOverloadedException;
import io.rpcenv.RpcSerializationException;
import io.rpcenv.RpcSide;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Objects;

/**
 * Failures as data: a kind, and for each kind what rebuilds it at the asker. Written by hand, so
 * that no class of a failure need exist or be allowed on the other side. At most 64 KiB.
 */
public final class FailureCodec {

  /** The largest encoded failure, in bytes. */
  public static final int MAX_BYTES = 64 * 1024;

  /** How much of one text crosses, in characters: three bytes each at most, and several fit. */
  private static final int MAX_TEXT = 4096;

  /** How much of an endpoint's name crosses beside a throwable, in characters. */
  private static final int MAX_NAME = 512;

  private static final int HANDLER = 1;
  private static final int NOT_FOUND = 2;
  private static final int STOPPED = 3;
  private static final int OVERLOADED = 4;
  private static final int TOO_LARGE = 5;
  private static final int SERIALIZATION = 6;
  private static final int ENV_STOPPED = 7;

  private FailureCodec() {}

  /**
   * Encodes what a handler threw.
   *
   * @param thrown anything; need not be serializable
   * @return the bytes
   */
  public static byte[] encodeHandlerFailure(Throwable thrown) {
    return encode(
        out -> {
          out.writeByte(HANDLER);
          ThrowableData.of(thrown).write(out);
        });
  }

  /**
   * Encodes why a message was not handled, or its reply could not be sent.
   *
   * @param failure one of the library's failures
   * @return the bytes
   */
  public static byte[] encode(RpcException failure) {
    if (failure instanceof RpcEndpointNotFoundException notFound) {
      return encode(NOT_FOUND, notFound.uri());
    } else if (failure instanceof RpcEndpointStoppedException stopped) {
      return encodeStopped(stopped);
    } else if (failure instanceof RpcOverloadedException) {
      return encode(OVERLOADED, text(failure));
    } else if (failure instanceof RpcMessageTooLargeException tooLarge) {
      return encodeTooLarge(tooLarge);
    } else if (failure instanceof RpcSerializationException serialization) {
      return encodeSerialization(serialization);
    } else if (failure instanceof RpcEnvStoppedException stopped) {
      return encode(ENV_STOPPED, stopped.envName());
    }
    return encodeHandlerFailure(failure);
  }

  private static byte[] encodeStopped(RpcEndpointStoppedException failure) {
    return encode(
        out -> {
          out.writeByte(STOPPED);
          out.writeUTF(ThrowableData.cut(failure.endpoint(), MAX_NAME));
          Throwable cause = failure.getCause();
          out.writeBoolean(cause != null);
          if (cause != null) {
            ThrowableData.of(cause).write(out);
          }
        });
  }

  private static byte[] encodeTooLarge(RpcMessageTooLargeException failure) {
    return encode(
        out -> {
          out.writeByte(TOO_LARGE);
          out.writeLong(failure.size());
          out.writeLong(failure.limit());
          writeText(out, failure.key());
          out.writeBoolean(failure.side() == RpcSide.LOCAL);
          out.writeBoolean(failure.direction() == RpcDirection.REPLY);
        });
  }

  private static byte[] encodeSerialization(RpcSerializationException failure) {
    return encode(
        out -> {
          out.writeByte(SERIALIZATION);
          writeText(out, text(failure));
          writeText(out, failure.typeName());
          writeText(out, failure.path());
          out.writeBoolean(failure.direction() == RpcDirection.REPLY);
        });
  }

  private static String text(Throwable failure) {
    return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getName());
  }

  private static byte[] encode(int kind, String text) {
    return encode(
        out -> {
          out.writeByte(kind);
          writeText(out, text);
        });
  }

  private static byte[] encode(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try {
      writer.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new AssertionError("a byte array does not fail", e);
    }
    return bytes.toByteArray();
  }

  static void writeText(DataOutputStream out, String text) throws IOException {
    out.writeUTF(text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…");
  }

  /**
   * Decodes a failure.
   *
   * @param bytes what came
   * @param peer where it came from, for texts
   * @param rebuilder gives a remote failure its type back, where that is allowed
   * @return the failure to give to the asker
   */
  public static RpcException decode(byte[] bytes, String peer, ThrowableRebuilder rebuilder) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return decode(in, rebuilder);
    } catch (IOException | RuntimeException e) {
      return new RpcConnectionException("a failure from [" + peer + "] is unreadable", e, true);
    }
  }

  private static RpcException decode(DataInputStream in, ThrowableRebuilder rebuilder)
      throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case HANDLER -> ThrowableData.read(in).toRemoteException(rebuilder);
      case NOT_FOUND -> new RpcEndpointNotFoundException(in.readUTF());
      case STOPPED -> decodeStopped(in, rebuilder);
      case OVERLOADED -> new RpcOverloadedException(in.readUTF());
      case TOO_LARGE -> decodeTooLarge(in);
      case SERIALIZATION -> decodeSerialization(in);
      case ENV_STOPPED -> new RpcEnvStoppedException(in.readUTF(), false);
      default -> throw new IOException("kind: " + kind + " (expected: 1 to 7)");
    };
  }

  private static RpcException decodeStopped(DataInputStream in, ThrowableRebuilder rebuilder)
      throws IOException {
    String endpoint = in.readUTF();
    return new RpcEndpointStoppedException(
        endpoint, in.readBoolean() ? ThrowableData.read(in).toRemoteException(rebuilder) : null);
  }

  private static RpcException decodeTooLarge(DataInputStream in) throws IOException {
    return new RpcMessageTooLargeException(
        in.readLong(),
        in.readLong(),
        in.readUTF(),
        // What was local to the sender of the failure is the peer's here.
        in.readBoolean() ? RpcSide.PEER : RpcSide.LOCAL,
        in.readBoolean() ? RpcDirection.REPLY : RpcDirection.REQUEST);
  }

  private static RpcException decodeSerialization(DataInputStream in) throws IOException {
    return new RpcSerializationException(
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readBoolean() ? RpcDirection.REPLY : RpcDirection.REQUEST,
        null);
  }

  @FunctionalInterface
  private interface Writer {
    void write(DataOutputStream out) throws IOException;
  }
}
