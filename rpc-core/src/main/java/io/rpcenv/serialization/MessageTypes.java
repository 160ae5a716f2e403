// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.serialization;

import io.rpcenv.RpcEnvSettings;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The allow-list: the classes that may be instantiated from the wire, over and above the fixed set
 * of JDK values that a serializer knows. Immutable.
 *
 * <p>A message class brings along all that it declares to contain: R of {@code RpcRequest<R>},
 * record components and fields (neither static nor transient, those of superclasses included) with
 * their generic arguments, array elements, permitted subtypes, and the nested types of an interface
 * used as a namespace. A component of type Object, a type variable, an unbounded wildcard, a raw
 * generic type or an interface or abstract class that anyone may implement adds nothing; one WARN
 * names it.
 */
public final class MessageTypes {

  private static final Logger LOG = LoggerFactory.getLogger(MessageTypes.class);

  private final Set<Class<?>> classes;
  private final Set<Class<?>> open;
  private final Map<String, Class<?>> byName;
  private final Map<Class<?>, MethodHandles.Lookup> lookups;
  private final List<String> patterns;

  private MessageTypes(MessageTypeScanner scanner, List<String> patterns) {
    this.classes = Set.copyOf(scanner.classes());
    this.open = Set.copyOf(scanner.open());
    this.lookups = Map.copyOf(scanner.lookups());
    this.patterns = List.copyOf(patterns);
    Map<String, Class<?>> names = new HashMap<>();
    scanner.open().forEach(type -> names.putIfAbsent(type.getName(), type));
    scanner.classes().forEach(type -> names.putIfAbsent(type.getName(), type));
    this.byName = Map.copyOf(names);
  }

  /**
   * Takes in message classes with all that they declare to contain.
   *
   * @param messages the classes given to the builder
   * @param patterns {@code rpc.serializer.allow}: class names, {@code com.acme.*} for a package,
   *     {@code com.acme.**} for it and all below; a class allowed by pattern brings nothing along
   * @return the allow-list
   */
  public static MessageTypes of(List<RpcEnvSettings.Messages> messages, List<String> patterns) {
    MessageTypeScanner scanner = new MessageTypeScanner();
    for (RpcEnvSettings.Messages group : messages) {
      group.classes().forEach(type -> scanner.takeIn(type, group.lookup()));
    }
    for (String component : scanner.unknown()) {
      LOG.warn(
          "[{}] can hold any class, so it adds none to the allow-list; add those it holds with"
              + " .messages(...) or rpc.serializer.allow",
          component);
    }
    return new MessageTypes(scanner, patterns);
  }

  /**
   * Returns whether a class may cross the wire. Arrays go by their element, the body of an enum
   * constant by its enum.
   *
   * @param type any class outside the JDK
   * @return true if it was taken in or a pattern fits
   */
  public boolean allows(Class<?> type) {
    Class<?> element = element(type);
    return classes.contains(element)
        || (element != type && open.contains(element))
        || fitsPattern(element.getName());
  }

  /**
   * Finds a class by the name that came over the wire. Loads none that is not allowed and
   * initializes none.
   *
   * @param name a name as {@link Class#getName()} gives it, not of an array
   * @param loader where to look for a class that a pattern allows
   * @return the class, empty if it is not allowed
   * @throws ClassNotFoundException if a pattern allows it and it is not there
   */
  public Optional<Class<?>> find(String name, ClassLoader loader) throws ClassNotFoundException {
    Class<?> known = byName.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    return fitsPattern(name) ? Optional.of(Class.forName(name, false, loader)) : Optional.empty();
  }

  /**
   * Returns the access that the builder was given for a class.
   *
   * @param type a class
   * @return the lookup, empty where the class came without one
   */
  public Optional<MethodHandles.Lookup> lookup(Class<?> type) {
    return Optional.ofNullable(lookups.get(type));
  }

  /** Returns the classes taken in, without those that only a pattern allows. */
  public Set<Class<?>> classes() {
    return classes;
  }

  /**
   * Says that a class is not allowed, with the line to add.
   *
   * @param className the class's name
   * @return the text
   */
  public static String refusal(String className) {
    String simple = className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
    return "class "
        + className
        + " is not allowed on the wire; add .messages("
        + simple
        + ".class) to the RpcEnv builder, or rpc.serializer.allow="
        + className;
  }

  private boolean fitsPattern(String name) {
    for (String pattern : patterns) {
      if (fits(pattern, name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean fits(String pattern, String name) {
    if (pattern.endsWith(".**")) {
      return name.startsWith(pattern.substring(0, pattern.length() - 2));
    }
    if (pattern.endsWith(".*")) {
      int prefix = pattern.length() - 1;
      return name.startsWith(pattern.substring(0, prefix)) && name.indexOf('.', prefix) < 0;
    }
    return name.equals(pattern);
  }

  private static Class<?> element(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    Class<?> parent = element.getSuperclass();
    return parent != null && parent.isEnum() ? parent : element;
  }
}
