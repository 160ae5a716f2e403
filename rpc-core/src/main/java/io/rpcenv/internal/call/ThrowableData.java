// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import io.rpcenv.RpcRemoteException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What crosses of a throwable and its causes: class names, messages and stacks, each bounded, so
 * that all of it stays below 64 KiB.
 *
 * @param links the throwable and its causes, the outermost first
 */
record ThrowableData(List<Link> links) {

  private static final int MAX_CAUSES = 16;
  private static final int MAX_FRAMES = 64;

  /** From how many bytes on no frame is added; the rest is for names and messages. */
  private static final int STACK_BUDGET = 24 * 1024;

  /** How much of one message crosses, in characters. */
  private static final int MAX_MESSAGE = 512;

  /** How much of the first message crosses, in characters. */
  private static final int MAX_FIRST_MESSAGE = 2048;

  /** How much of one name crosses, in characters. */
  private static final int MAX_NAME = 256;

  /**
   * One throwable of the chain.
   *
   * @param className its class
   * @param message its message, if it has one
   * @param stack its frames, the innermost first
   */
  record Link(String className, @Nullable String message, List<StackTraceElement> stack) {}

  static ThrowableData of(Throwable thrown) {
    List<Link> links = new ArrayList<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Throwable t = thrown;
    while (t != null && seen.add(t) && links.size() <= MAX_CAUSES) {
      links.add(link(t, links.isEmpty() ? MAX_FIRST_MESSAGE : MAX_MESSAGE));
      t = ThrowableReader.cause(t);
    }
    return new ThrowableData(links);
  }

  private static Link link(Throwable t, int maxMessage) {
    String message = ThrowableReader.message(t);
    List<StackTraceElement> frames = ThrowableReader.stack(t);
    return new Link(
        cut(t.getClass().getName(), MAX_NAME),
        message == null ? null : cut(message, maxMessage),
        frames.subList(0, Math.min(frames.size(), MAX_FRAMES)));
  }

  static String cut(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max) + "…";
  }

  void write(DataOutputStream out) throws IOException {
    int stackEnd = out.size() + STACK_BUDGET;
    out.writeByte(links.size());
    for (Link link : links) {
      out.writeUTF(link.className());
      out.writeBoolean(link.message() != null);
      if (link.message() != null) {
        out.writeUTF(link.message());
      }
      for (StackTraceElement frame : link.stack()) {
        if (out.size() >= stackEnd) {
          break;
        }
        out.writeBoolean(true);
        writeFrame(out, frame);
      }
      out.writeBoolean(false);
    }
  }

  private static void writeFrame(DataOutputStream out, StackTraceElement frame) throws IOException {
    out.writeUTF(cut(frame.getClassName(), MAX_NAME));
    out.writeUTF(cut(frame.getMethodName(), MAX_NAME));
    out.writeUTF(frame.getFileName() == null ? "" : cut(frame.getFileName(), MAX_NAME));
    out.writeInt(frame.getLineNumber());
  }

  static ThrowableData read(DataInputStream in) throws IOException {
    int n = in.readUnsignedByte();
    if (n == 0 || n > MAX_CAUSES + 1) {
      throw new IOException("causes: " + n + " (expected: 1 to " + (MAX_CAUSES + 1) + ")");
    }
    List<Link> links = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      String className = in.readUTF();
      String message = in.readBoolean() ? in.readUTF() : null;
      links.add(new Link(className, message, readStack(in)));
    }
    return new ThrowableData(links);
  }

  private static List<StackTraceElement> readStack(DataInputStream in) throws IOException {
    List<StackTraceElement> stack = new ArrayList<>();
    while (in.readBoolean()) {
      String className = in.readUTF();
      String method = in.readUTF();
      String file = in.readUTF();
      stack.add(
          new StackTraceElement(className, method, file.isEmpty() ? null : file, in.readInt()));
    }
    return stack;
  }

  /** Describes the throwable; its cause is the original where that may be rebuilt. */
  RpcRemoteException toRemoteException(ThrowableRebuilder rebuilder) {
    Throwable cause = null;
    // From the innermost outwards: each link is looked at once, with its cause ready.
    for (int i = links.size() - 1; i > 0; i--) {
      Link link = links.get(i);
      Throwable original = rebuild(link, cause, rebuilder);
      cause = original != null ? original : describe(link, cause);
    }
    Link first = links.get(0);
    Throwable original = rebuild(first, cause, rebuilder);
    return describe(first, original != null ? original : cause);
  }

  private static RpcRemoteException describe(Link link, @Nullable Throwable cause) {
    return new RpcRemoteException(link.className(), link.message(), link.stack(), cause);
  }

  private static @Nullable Throwable rebuild(
      Link link, @Nullable Throwable cause, ThrowableRebuilder rebuilder) {
    return rebuilder.rebuild(link.className(), link.message(), link.stack(), cause).orElse(null);
  }
}
