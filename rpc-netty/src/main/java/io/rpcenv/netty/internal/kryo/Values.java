// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.UnknownHostException;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;

/** Boxes, text, numbers, optionals and names. */
@SuppressWarnings({"JdkObsolete", "JavaUtilDate"}) // obsolete or not, they are sent
final class Values {

  private Values() {}

  static void register(FixedTable table) {
    boxes(table);
    table
        .add(47, Optional.class, Values::writeOptional, k -> Optional.ofNullable(k.read()))
        .add(
            48,
            OptionalInt.class,
            (k, v) -> {
              k.out().writeBoolean(v.isPresent());
              k.out().writeVarInt(v.orElse(0), false);
            },
            k -> {
              boolean present = k.in().readBoolean();
              int value = k.in().readVarInt(false);
              return present ? OptionalInt.of(value) : OptionalInt.empty();
            })
        .add(
            49,
            OptionalLong.class,
            (k, v) -> {
              k.out().writeBoolean(v.isPresent());
              k.out().writeVarLong(v.orElse(0), false);
            },
            k -> {
              boolean present = k.in().readBoolean();
              long value = k.in().readVarLong(false);
              return present ? OptionalLong.of(value) : OptionalLong.empty();
            })
        .add(
            50,
            OptionalDouble.class,
            (k, v) -> {
              k.out().writeBoolean(v.isPresent());
              k.out().writeDouble(v.orElse(0));
            },
            k -> {
              boolean present = k.in().readBoolean();
              double value = k.in().readDouble();
              return present ? OptionalDouble.of(value) : OptionalDouble.empty();
            });
    numbers(table);
    names(table);
    table
        .add(59, InetSocketAddress.class, Values::writeSocketAddress, Values::readSocketAddress)
        .addLike(
            60,
            Codec.of(Values::writeAddress, Values::readAddress),
            InetAddress.getLoopbackAddress(),
            inet6());
  }

  private static void boxes(FixedTable table) {
    table
        .add(17, Boolean.class, (k, v) -> k.out().writeBoolean(v), k -> k.in().readBoolean())
        .add(18, Byte.class, (k, v) -> k.out().writeByte(v), k -> k.in().readByte())
        .add(19, Character.class, (k, v) -> k.out().writeChar(v), k -> k.in().readChar())
        .add(20, Short.class, (k, v) -> k.out().writeShort(v), k -> k.in().readShort())
        .add(21, Integer.class, FieldIo::writeInteger, FieldIo::readInt)
        .add(22, Long.class, (k, v) -> k.out().writeVarLong(v, false), FieldIo::readLong)
        .add(23, Float.class, (k, v) -> k.out().writeFloat(v), k -> k.in().readFloat())
        .add(24, Double.class, (k, v) -> k.out().writeDouble(v), k -> k.in().readDouble())
        .add(25, String.class, Values::writeText, Values::readText);
  }

  private static void numbers(FixedTable table) {
    table
        .add(
            51,
            UUID.class,
            (k, v) -> {
              k.out().writeLong(v.getMostSignificantBits());
              k.out().writeLong(v.getLeastSignificantBits());
            },
            k -> new UUID(k.in().readLong(), k.in().readLong()))
        .add(52, BigInteger.class, Values::writeInteger, Values::readInteger)
        .add(
            53,
            BigDecimal.class,
            (k, v) -> {
              writeInteger(k, v.unscaledValue());
              k.out().writeVarInt(v.scale(), false);
            },
            k -> new BigDecimal(readInteger(k), k.in().readVarInt(false)))
        .add(
            61,
            BitSet.class,
            (k, v) -> PrimitiveArrays.writeLongs(k, v.toLongArray()),
            k -> BitSet.valueOf(PrimitiveArrays.readLongs(k)))
        .add(
            64,
            Date.class,
            (k, v) -> k.out().writeVarLong(v.getTime(), false),
            k -> new Date(k.in().readVarLong(false)));
  }

  private static void names(FixedTable table) {
    table
        .add(54, URI.class, (k, v) -> writeText(k, v.toString()), k -> URI.create(readText(k)))
        .add(55, URL.class, (k, v) -> writeText(k, v.toExternalForm()), Values::readUrl)
        .add(56, Locale.class, Values::writeLocale, Values::readLocale)
        .add(
            57,
            Pattern.class,
            (k, v) -> {
              writeText(k, v.pattern());
              k.out().writeVarInt(v.flags(), true);
            },
            k -> Pattern.compile(readText(k), k.in().readVarInt(true)))
        .add(
            58,
            Currency.class,
            (k, v) -> writeText(k, v.getCurrencyCode()),
            k -> Currency.getInstance(readText(k)))
        .add(
            62,
            StringBuilder.class,
            (k, v) -> writeText(k, v.toString()),
            k -> new StringBuilder(readText(k)))
        .add(
            63,
            StringBuffer.class,
            (k, v) -> writeText(k, v.toString()),
            k -> new StringBuffer(readText(k)));
  }

  static void writeText(WireKryo kryo, String text) {
    kryo.out().writeString(text);
  }

  /** Reads a text that is not null. */
  static String readText(WireKryo kryo) {
    String text = kryo.in().readString();
    if (text == null) {
      throw WireFailure.malformed("no text where one belongs");
    }
    return text;
  }

  private static void writeOptional(WireKryo kryo, Optional<?> value) {
    try {
      kryo.write(value.orElse(null));
    } catch (Throwable t) {
      throw WireFailure.at(Optional.class, ".value", t);
    }
  }

  private static void writeInteger(WireKryo kryo, BigInteger value) {
    PrimitiveArrays.writeBytes(kryo, value.toByteArray());
  }

  private static BigInteger readInteger(WireKryo kryo) {
    return new BigInteger(PrimitiveArrays.readBytes(kryo));
  }

  private static URL readUrl(WireKryo kryo) {
    try {
      return new URL(readText(kryo));
    } catch (MalformedURLException e) {
      throw WireFailure.wrap(URL.class, e);
    }
  }

  /** By language tag where that says all, else by parts. */
  private static void writeLocale(WireKryo kryo, Locale value) {
    String tag = value.toLanguageTag();
    boolean byTag = Locale.forLanguageTag(tag).equals(value);
    Locale byParts = new Locale(value.getLanguage(), value.getCountry(), value.getVariant());
    if (!byTag && !byParts.equals(value)) {
      throw WireFailure.of(Locale.class, "has no usual form: " + value);
    }
    kryo.out().writeBoolean(byTag);
    if (byTag) {
      writeText(kryo, tag);
    } else {
      writeText(kryo, value.getLanguage());
      writeText(kryo, value.getCountry());
      writeText(kryo, value.getVariant());
    }
  }

  private static Locale readLocale(WireKryo kryo) {
    return kryo.in().readBoolean()
        ? Locale.forLanguageTag(readText(kryo))
        : new Locale(readText(kryo), readText(kryo), readText(kryo));
  }

  private static void writeSocketAddress(WireKryo kryo, InetSocketAddress value) {
    kryo.out().writeBoolean(value.isUnresolved());
    if (value.isUnresolved()) {
      writeText(kryo, value.getHostString());
    } else {
      writeAddress(kryo, value.getAddress());
    }
    kryo.out().writeVarInt(value.getPort(), true);
  }

  private static InetSocketAddress readSocketAddress(WireKryo kryo) {
    if (kryo.in().readBoolean()) {
      return InetSocketAddress.createUnresolved(readText(kryo), kryo.in().readVarInt(true));
    }
    return new InetSocketAddress(readAddress(kryo), kryo.in().readVarInt(true));
  }

  /** Takes the host name, if there is one, from the text: asking for it would look it up. */
  private static void writeAddress(WireKryo kryo, InetAddress value) {
    String text = value.toString();
    int slash = text.lastIndexOf('/');
    kryo.out().writeString(slash <= 0 ? null : text.substring(0, slash));
    PrimitiveArrays.writeBytes(kryo, value.getAddress());
    kryo.out().writeVarInt(value instanceof Inet6Address inet6 ? inet6.getScopeId() : 0, true);
  }

  private static InetAddress readAddress(WireKryo kryo) {
    String host = kryo.in().readString();
    byte[] address = PrimitiveArrays.readBytes(kryo);
    int scope = kryo.in().readVarInt(true);
    try {
      return scope == 0
          ? InetAddress.getByAddress(host, address)
          : Inet6Address.getByAddress(host, address, scope);
    } catch (UnknownHostException e) {
      throw WireFailure.wrap(InetAddress.class, e);
    }
  }

  private static InetAddress inet6() {
    try {
      return Inet6Address.getByAddress(null, new byte[16], 0);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }
}
