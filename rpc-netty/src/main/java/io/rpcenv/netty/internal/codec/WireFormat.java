// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

/** The constants of {@code docs/wire-format.md}, under the same names. */
public final class WireFormat {

  /** First bytes of each direction. */
  public static final int MAGIC = 0xA7525043;

  public static final int VERSION_MIN = 1;
  public static final int VERSION_MAX = 1;

  public static final int PURPOSE_MESSAGES = 1;
  public static final int PURPOSE_STREAM = 2;

  public static final int REFUSE_VERSION = 1;
  public static final int REFUSE_SERIALIZER = 2;
  public static final int REFUSE_PURPOSE = 3;

  /** Bit of a frame type: whoever does not know the type skips the frame. */
  public static final int SKIPPABLE = 0x80;

  /** Flag: an extension section stands in the header. */
  public static final int FLAG_EXTENSIONS = 0x01;

  public static final int HELLO = 0x01;
  public static final int REFUSE = 0x02;
  public static final int READY = 0x03;

  public static final int CLASSES = 0x10;
  public static final int ENDPOINTS = 0x11;
  public static final int ONE_WAY = 0x20;
  public static final int REQUEST = 0x21;
  public static final int REPLY = 0x22;
  public static final int FAILURE = 0x23;
  public static final int CANCEL = 0x24;
  public static final int CHUNK_FIRST = 0x30;
  public static final int CHUNK_NEXT = 0x31;
  public static final int CHUNK_LAST = 0x32;
  public static final int CHUNK_ABORT = 0x33;
  public static final int PING = 0x40;
  public static final int PONG = 0x41;
  public static final int STREAM_OPEN = 0x50;
  public static final int STREAM_BEGIN = 0x51;
  public static final int STREAM_DATA = 0x52;
  public static final int STREAM_END = 0x53;
  public static final int STREAM_ERROR = 0x54;
  public static final int GOODBYE = 0xC0;

  public static final int ERROR_NOT_FOUND = 1;
  public static final int ERROR_FAILED = 2;

  /** Bytes of length, type and flags. */
  public static final int FRAME_HEADER = 6;

  public static final int MAX_HANDSHAKE_FRAME = 16 * 1024;

  /** Largest body of one frame. */
  public static final int MAX_CHUNK = 1024 * 1024;

  /** Largest length of a frame: a body and 64 KiB of header. */
  public static final int MAX_FRAME = MAX_CHUNK + 64 * 1024;

  /** Longest string, in bytes. */
  public static final int MAX_NAME = 4096;

  public static final int MAX_EXTENSIONS = 16 * 1024;

  /** Largest encoded failure: 64 KiB and a little for what frames it. */
  public static final int MAX_FAILURE = 65 * 1024;

  public static final int FIRST_CLASS_ID = 256;
  public static final int MAX_CLASSES = 4096;
  public static final int MAX_ENDPOINTS = 4096;

  private WireFormat() {}
}
