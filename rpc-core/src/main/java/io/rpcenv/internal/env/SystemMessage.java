// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcRequest;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/** The library's own messages, written by hand so that they depend on no serializer. */
sealed interface SystemMessage {

  /** Returns the class as the wire names it; its id is below {@link MessageClass#FIRST_ID}. */
  MessageClass messageClass();

  /** Writes the fields. */
  void write(DataOutputStream out) throws IOException;

  /** Returns the encoded fields. */
  default MessageBody encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    try {
      write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new AssertionError("a byte array does not fail", e);
    }
    return MessageBody.ofArray(bytes.toByteArray());
  }

  /** Returns the class of a system message by its id. */
  static Optional<MessageClass> byId(int classId) {
    return Stream.of(CheckExistence.CLASS, Existence.CLASS)
        .filter(known -> known.id() == classId)
        .findFirst();
  }

  /** Returns whether an id is one of a system message. */
  static boolean isSystem(int classId) {
    return classId == CheckExistence.CLASS.id() || classId == Existence.CLASS.id();
  }

  /** Decodes a message. */
  static SystemMessage decode(int classId, MessageBody body) throws IOException {
    try (DataInputStream in =
        new DataInputStream(
            new ByteArrayInputStream(body.array(), body.arrayOffset(), body.size()))) {
      return classId == CheckExistence.CLASS.id() ? CheckExistence.read(in) : Existence.read(in);
    }
  }

  /**
   * Asks the verifier whether an endpoint exists.
   *
   * @param name the endpoint's name
   */
  record CheckExistence(String name) implements SystemMessage, RpcRequest<Existence> {

    static final MessageClass CLASS = new MessageClass(1, CheckExistence.class.getName(), 0);

    @Override
    public MessageClass messageClass() {
      return CLASS;
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
      out.writeUTF(name);
    }

    static CheckExistence read(DataInputStream in) throws IOException {
      return new CheckExistence(in.readUTF());
    }
  }

  /**
   * The verifier's answer.
   *
   * @param exists whether there is an endpoint of that name
   * @param envId the env that answers
   * @param address the address that it advertises
   */
  record Existence(boolean exists, EnvId envId, Optional<RpcAddress> address)
      implements SystemMessage {

    static final MessageClass CLASS = new MessageClass(2, Existence.class.getName(), 0);

    @Override
    public MessageClass messageClass() {
      return CLASS;
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
      out.writeBoolean(exists);
      out.writeLong(envId.high());
      out.writeLong(envId.low());
      out.writeUTF(address.map(RpcAddress::hostPort).orElse(""));
    }

    static Existence read(DataInputStream in) throws IOException {
      boolean exists = in.readBoolean();
      EnvId envId = new EnvId(in.readLong(), in.readLong());
      String address = in.readUTF();
      return new Existence(
          exists,
          envId,
          address.isEmpty() ? Optional.empty() : Optional.of(RpcAddress.parse(address)));
    }
  }
}
