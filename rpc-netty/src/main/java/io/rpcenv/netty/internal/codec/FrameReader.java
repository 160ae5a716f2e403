// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.transport.ConnectionHandler;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one established connection, straight from the buffers in which they come, and
 * calls the connection's handler for each. Keeps nothing but an incomplete frame and an incomplete
 * chunk transfer. Confined to the connection's loop.
 */
public final class FrameReader {

  /*
   * Why this is one class. A frame may begin in one buffer and end in any later one, and a chunk is taken
   * as it comes: which of the fields below holds the rest decides how the next bytes are read. The fields
   * of a frame, the announcements and a message in chunks have classes of their own.
   */

  /** Bodies of requests and one-ways up to this size leave as arrays of their own. */
  static final int ARRAY_LIMIT = 4 * 1024;

  /** Size of the scratch array: replies up to it are handed over in there. */
  public static final int SCRATCH = 16 * 1024;

  private static final int SMALL_PARTIAL = 512;

  private final ByteBufAllocator allocator;
  private final int maxMessageSize;
  private final byte[] scratch;
  private final Announcements announced;
  private final ConnectionHandler handler;
  private final LongConsumer onPing;
  private final FieldReader fields = new FieldReader();

  /** The first bytes of a frame that is not complete, and nothing behind it. */
  private @Nullable ByteBuf partial;

  private @Nullable Transfer transfer;

  /** How much is still to come of the chunk that is being read; 0 between frames. */
  private int chunkMissing;

  private boolean lastChunk;

  /**
   * Creates a reader.
   *
   * @param allocator of bodies beyond {@value #ARRAY_LIMIT} bytes
   * @param maxMessageSize the largest body that this side takes
   * @param scratch {@value #SCRATCH} bytes that nobody else uses during a call of {@link #read}
   * @param fixedClasses gives the classes below the first announced id
   * @param handler gets what comes
   * @param onPing gets the tokens of pings
   */
  public FrameReader(
      ByteBufAllocator allocator,
      int maxMessageSize,
      byte[] scratch,
      IntFunction<MessageClass> fixedClasses,
      ConnectionHandler handler,
      LongConsumer onPing) {
    this.allocator = allocator;
    this.maxMessageSize = maxMessageSize;
    this.scratch = scratch;
    this.announced = new Announcements(fixedClasses);
    this.handler = handler;
    this.onPing = onPing;
  }

  /**
   * Takes all bytes of a buffer.
   *
   * @param in what came; stays the caller's
   * @throws ProtocolViolation if they are no frames; no further call then
   */
  public void read(ByteBuf in) throws ProtocolViolation {
    while (in.isReadable()) {
      if (chunkMissing > 0) {
        readChunk(in);
      } else if (partial != null) {
        readPartial(in, partial);
      } else {
        readFrame(in);
      }
    }
  }

  /** Gives back what is kept. Last. */
  public void close() {
    if (partial != null) {
      partial.release();
      partial = null;
    }
    if (transfer != null) {
      giveUp(transfer);
    }
  }

  private void giveUp(Transfer given) {
    transfer = null;
    given.release();
    handler.arrivingEnded();
  }

  private void readFrame(ByteBuf in) throws ProtocolViolation {
    int available = in.readableBytes();
    if (available < WireFormat.FRAME_HEADER) {
      partial = allocator.heapBuffer(SMALL_PARTIAL).writeBytes(in);
      return;
    }
    int start = in.readerIndex();
    int length = length(in, start);
    if (isChunk(in, start)) {
      in.skipBytes(WireFormat.FRAME_HEADER);
      beginChunk(in.getUnsignedByte(start + 4), in.getUnsignedByte(start + 5), length);
    } else if (available - Integer.BYTES < length) {
      partial = allocator.heapBuffer(roomFor(length, available)).writeBytes(in);
    } else {
      int end = start + Integer.BYTES + length;
      in.skipBytes(Integer.BYTES);
      parse(in, end);
      in.readerIndex(end);
    }
  }

  private void readPartial(ByteBuf in, ByteBuf kept) throws ProtocolViolation {
    if (!fill(in, kept, WireFormat.FRAME_HEADER)) {
      return;
    }
    int length = length(kept, 0);
    if (isChunk(kept, 0)) {
      int type = kept.getUnsignedByte(4);
      int flags = kept.getUnsignedByte(5);
      partial = null;
      kept.release();
      beginChunk(type, flags, length);
    } else if (fill(in, kept, Integer.BYTES + length)) {
      kept.skipBytes(Integer.BYTES);
      try {
        parse(kept, kept.writerIndex());
      } finally {
        if (partial != null) {
          partial = null;
          kept.release();
        }
      }
    }
  }

  private static boolean fill(ByteBuf in, ByteBuf kept, int wanted) {
    int missing = Math.max(0, wanted - kept.writerIndex());
    kept.writeBytes(in, Math.min(missing, in.readableBytes()));
    return kept.writerIndex() >= wanted;
  }

  /** Returns how much to reserve for a frame: what a peer only announces costs little memory. */
  private static int roomFor(int length, int available) {
    return Math.min(Integer.BYTES + length, Math.max(SMALL_PARTIAL, 4 * available));
  }

  private static int length(ByteBuf in, int start) throws ProtocolViolation {
    long length = in.getUnsignedInt(start);
    if (length < 2 || length > WireFormat.MAX_FRAME) {
      throw new ProtocolViolation(
          "frame of [" + length + "] bytes (allowed: 2.." + WireFormat.MAX_FRAME + ")");
    }
    return (int) length;
  }

  private static boolean isChunk(ByteBuf in, int start) {
    int type = in.getUnsignedByte(start + Integer.BYTES);
    return type == WireFormat.CHUNK_NEXT || type == WireFormat.CHUNK_LAST;
  }

  private void beginChunk(int type, int flags, int length) throws ProtocolViolation {
    Transfer current = currentTransfer();
    int data = length - 2;
    boolean last = type == WireFormat.CHUNK_LAST;
    if (flags != 0 || data == 0 || data > WireFormat.MAX_CHUNK) {
      throw new ProtocolViolation("chunk of [" + data + "] bytes with flags [" + flags + "]");
    }
    if (last ? data != current.missing() : data >= current.missing()) {
      throw new ProtocolViolation(
          "chunk of [" + data + "] bytes where [" + current.missing() + "] are missing");
    }
    chunkMissing = data;
    lastChunk = last;
  }

  private void readChunk(ByteBuf in) throws ProtocolViolation {
    Transfer current = currentTransfer();
    int count = Math.min(chunkMissing, in.readableBytes());
    if (current.isRefused()) {
      current.skip(in, count);
    } else if (handler.arriving(count, current.isReply())) {
      current.take(in, count, allocator);
    } else {
      current.skip(in, count);
      refuse(current);
    }
    chunkMissing -= count;
    if (chunkMissing == 0 && lastChunk) {
      transfer = null;
      deliver(current);
    }
  }

  /** Its other bytes still come, and are skipped: the peer may have sent them already. */
  private void refuse(Transfer refused) {
    refused.refuse();
    handler.arrivingEnded();
    if (refused.type() == WireFormat.ONE_WAY) {
      handler.refusedOneWay(refused.endpoint(), refused.messageClass());
    } else {
      handler.refusedRequest(refused.callId(), refused.endpoint(), refused.messageClass());
    }
  }

  private Transfer currentTransfer() throws ProtocolViolation {
    if (transfer == null) {
      throw new ProtocolViolation("chunk outside a transfer");
    }
    return transfer;
  }

  private void deliver(Transfer done) {
    if (done.isRefused()) {
      return;
    }
    handler.arrivingEnded();
    switch (done.type()) {
      case WireFormat.ONE_WAY -> handler.oneWay(done.endpoint(), done.messageClass(), done.body());
      case WireFormat.REQUEST ->
          handler.request(done.callId(), done.endpoint(), done.messageClass(), done.body());
      default -> handler.reply(done.callId(), done.messageClass(), done.body(), false);
    }
  }

  /** Parses a complete frame; its reader index is at the type. */
  private void parse(ByteBuf in, int end) throws ProtocolViolation {
    fields.reset(in, end);
    int type = fields.u8();
    int flags = fields.u8();
    switch (type) {
      case WireFormat.ONE_WAY -> oneWay(in, flags);
      case WireFormat.REQUEST -> request(in, flags);
      case WireFormat.REPLY -> reply(in, flags);
      default -> {
        if (flags != 0 && type != WireFormat.CHUNK_FIRST) {
          skipOrRefuse(type, "flags [" + flags + "] of frame type [" + type + "]");
        } else {
          parseRare(in, type, flags);
        }
      }
    }
  }

  private void parseRare(ByteBuf in, int type, int flags) throws ProtocolViolation {
    switch (type) {
      case WireFormat.CLASSES -> classes();
      case WireFormat.ENDPOINTS -> endpoints();
      case WireFormat.FAILURE -> failure(in);
      case WireFormat.CANCEL -> cancel();
      case WireFormat.CHUNK_FIRST -> chunkFirst(flags);
      case WireFormat.CHUNK_ABORT -> chunkAbort();
      case WireFormat.PING -> onPing.accept(token());
      case WireFormat.PONG -> token();
      default -> skipOrRefuse(type, "frame type [" + type + "]");
    }
  }

  private static void skipOrRefuse(int type, String what) throws ProtocolViolation {
    if ((type & WireFormat.SKIPPABLE) == 0) {
      throw new ProtocolViolation("unknown " + what);
    }
  }

  private void oneWay(ByteBuf in, int flags) throws ProtocolViolation {
    String endpoint = announced.endpoint(fields);
    MessageClass messageClass = announced.messageClass(fields);
    extensions(flags);
    handler.oneWay(endpoint, messageClass, takeBody(in));
  }

  private void request(ByteBuf in, int flags) throws ProtocolViolation {
    long callId = fields.callId();
    String endpoint = announced.endpoint(fields);
    MessageClass messageClass = announced.messageClass(fields);
    extensions(flags);
    handler.request(callId, endpoint, messageClass, takeBody(in));
  }

  private void reply(ByteBuf in, int flags) throws ProtocolViolation {
    long callId = fields.callId();
    MessageClass messageClass = announced.messageClass(fields);
    extensions(flags);
    int size = bodySize();
    if (size <= scratch.length) {
      in.readBytes(scratch, 0, size);
      handler.reply(callId, messageClass, MessageBody.ofArray(scratch, 0, size), true);
    } else {
      handler.reply(callId, messageClass, takeBody(in), false);
    }
  }

  private void extensions(int flags) throws ProtocolViolation {
    if (flags == WireFormat.FLAG_EXTENSIONS) {
      fields.skipExtensions();
    } else if (flags != 0) {
      throw new ProtocolViolation("unknown flags [" + flags + "] of a message");
    }
  }

  private int bodySize() throws ProtocolViolation {
    int size = fields.remaining();
    if (size > Math.min(maxMessageSize, WireFormat.MAX_CHUNK)) {
      throw tooLarge(size);
    }
    return size;
  }

  private ProtocolViolation tooLarge(int size) {
    return new ProtocolViolation(
        "message of [" + size + "] bytes (allowed: " + maxMessageSize + ", rpc.message.maxSize)");
  }

  @SuppressWarnings("ReferenceEquality") // the buffer itself, not its bytes
  private MessageBody takeBody(ByteBuf in) throws ProtocolViolation {
    int size = bodySize();
    if (size <= ARRAY_LIMIT) {
      byte[] bytes = new byte[size];
      in.readBytes(bytes);
      return MessageBody.ofArray(bytes);
    }
    if (in == partial) {
      // The kept buffer holds this frame and nothing else: it becomes the body's.
      partial = null;
      return MessageBody.ofSegments(List.of(in.nioBuffer()), size, in::release);
    }
    ByteBuf copy = allocator.heapBuffer(size, size).writeBytes(in, size);
    return MessageBody.ofSegments(List.of(copy.nioBuffer()), size, copy::release);
  }

  private void failure(ByteBuf in) throws ProtocolViolation {
    long callId = fields.callId();
    int size = fields.remaining();
    if (size > WireFormat.MAX_FAILURE) {
      throw new ProtocolViolation("failure of [" + size + "] bytes");
    }
    byte[] failure = new byte[size];
    in.readBytes(failure);
    handler.failure(callId, failure);
  }

  private void cancel() throws ProtocolViolation {
    long callId = fields.callId();
    fields.finish();
    handler.cancel(callId);
  }

  private long token() throws ProtocolViolation {
    long token = fields.u64();
    fields.finish();
    return token;
  }

  private void classes() throws ProtocolViolation {
    int first = fields.varint();
    int count = fields.varint();
    announced.expectClasses(first, count);
    for (int i = 0; i < count; i++) {
      handler.classDefined(announced.add(fields.string(), fields.u64()));
    }
    fields.finish();
  }

  private void endpoints() throws ProtocolViolation {
    int first = fields.varint();
    int count = fields.varint();
    announced.expectEndpoints(first, count);
    for (int i = 0; i < count; i++) {
      announced.addEndpoint(fields.string());
    }
    fields.finish();
  }

  private void chunkFirst(int flags) throws ProtocolViolation {
    if (transfer != null) {
      throw new ProtocolViolation("second chunk transfer at a time");
    }
    int type = fields.u8();
    int total = fields.varint();
    if (total == 0 || total > maxMessageSize) {
      throw tooLarge(total);
    }
    if (type != WireFormat.ONE_WAY && type != WireFormat.REQUEST && type != WireFormat.REPLY) {
      throw new ProtocolViolation("chunk transfer of frame type [" + type + "]");
    }
    long callId = type == WireFormat.ONE_WAY ? 0 : fields.callId();
    String endpoint = type == WireFormat.REPLY ? "" : announced.endpoint(fields);
    MessageClass messageClass = announced.messageClass(fields);
    extensions(flags);
    fields.finish();
    transfer = new Transfer(type, callId, endpoint, messageClass, total);
  }

  private void chunkAbort() throws ProtocolViolation {
    fields.finish();
    giveUp(currentTransfer());
  }
}
